/** The speed of a verdict. */
package jp.kazashi.load.judge;
