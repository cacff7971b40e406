/** What only a simulated world may ask of a reader. */
@NullMarked
package jp.kazashi.reader.world;

import org.jspecify.annotations.NullMarked;
