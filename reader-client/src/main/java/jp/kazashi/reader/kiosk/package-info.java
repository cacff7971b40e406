/** The kiosk of this terminal: one patient after the other. */
@NullMarked
package jp.kazashi.reader.kiosk;

import org.jspecify.annotations.NullMarked;
