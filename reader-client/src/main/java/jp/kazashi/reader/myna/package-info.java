/** What a My Number card can do for a visit. */
package jp.kazashi.reader.myna;
