/** What staff see of the visits. */
@NullMarked
package jp.kazashi.reader.desk;

import org.jspecify.annotations.NullMarked;
