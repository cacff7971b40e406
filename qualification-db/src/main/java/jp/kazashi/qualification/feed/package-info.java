/** Reads deliveries: bytes to lines, lines to fields. Judges nothing. */
package jp.kazashi.qualification.feed;
