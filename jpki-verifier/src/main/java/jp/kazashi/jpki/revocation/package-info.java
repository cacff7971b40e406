/** Whether the issuer still stands by a certificate: evidence gathered elsewhere, judged here. */
package jp.kazashi.jpki.revocation;
