/** One visit, from the card on the reader to the consent. */
@NullMarked
package jp.kazashi.reader.visit;

import org.jspecify.annotations.NullMarked;
