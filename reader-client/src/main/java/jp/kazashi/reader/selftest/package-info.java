/** What a terminal needs and how it is: one look, for the desk's page and for the command. */
@NullMarked
package jp.kazashi.reader.selftest;

import org.jspecify.annotations.NullMarked;
