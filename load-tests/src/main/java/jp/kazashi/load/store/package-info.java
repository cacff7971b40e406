/** The store alone: hot read, five years of medications, bulk load, size, retention. */
package jp.kazashi.load.store;
