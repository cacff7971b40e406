/** What the judge's parts share: bytes that cannot be changed, and the catalogue of reasons. */
package jp.kazashi.jpki;
