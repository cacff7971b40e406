/** Who held the card up, and how long the certificate carries them. */
package jp.kazashi.jpki.holder;
