/** The card port over {@code javax.smartcardio}. */
package jp.kazashi.reader.card.pcsc;
