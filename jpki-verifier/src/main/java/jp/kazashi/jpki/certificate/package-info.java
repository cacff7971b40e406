/** From an untrusted certificate to the card's: parse, profile, path. */
package jp.kazashi.jpki.certificate;
