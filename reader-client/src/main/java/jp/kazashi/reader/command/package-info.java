/** What is typed: commands that ask the running parts of a world. No part is started here. */
@NullMarked
package jp.kazashi.reader.command;

import org.jspecify.annotations.NullMarked;
