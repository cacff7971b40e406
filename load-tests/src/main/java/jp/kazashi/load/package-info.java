/** Measures the whole and its parts: ratios taken in one run, reports, no asserted times. */
package jp.kazashi.load;
