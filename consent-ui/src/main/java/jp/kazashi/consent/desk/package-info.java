/** What the desk's pages need beside the arrival list: staff, look-ups, records, a dead line. */
@NullMarked
package jp.kazashi.consent.desk;

import org.jspecify.annotations.NullMarked;
