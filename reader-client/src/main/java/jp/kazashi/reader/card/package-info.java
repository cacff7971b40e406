/** A reader and the card on it, whatever is behind: PC/SC or a virtual reader. */
package jp.kazashi.reader.card;
