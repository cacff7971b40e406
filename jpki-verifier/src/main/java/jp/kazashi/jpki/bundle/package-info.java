/** What a verdict was reached from, kept so that it can be reached again. */
package jp.kazashi.jpki.bundle;
