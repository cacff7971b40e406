/** The terminal at the counter: what it is made of and how it is started. */
@NullMarked
package jp.kazashi.reader;

import org.jspecify.annotations.NullMarked;
