/** The screens as server-rendered pages: plain HTML, pushed over server-sent events. */
@NullMarked
package jp.kazashi.consent.pages;

import org.jspecify.annotations.NullMarked;
