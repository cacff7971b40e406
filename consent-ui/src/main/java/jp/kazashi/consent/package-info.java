/**
 * What the kiosk and desk screens show and hear, as types. The reader fills the boards; the pages
 * only draw them. This module depends on no other, so that the screens can be run and judged alone.
 */
@NullMarked
package jp.kazashi.consent;

import org.jspecify.annotations.NullMarked;
