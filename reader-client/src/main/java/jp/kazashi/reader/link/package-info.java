/** The line to the gateway: what is sent, what comes back. */
@NullMarked
package jp.kazashi.reader.link;

import org.jspecify.annotations.NullMarked;
