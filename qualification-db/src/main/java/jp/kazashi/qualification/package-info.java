/**
 * People, coverage, five years of records, consent ledger and audit chain.
 *
 * <p>Values and rules live in the packages of the domain and know no framework; {@code store} holds
 * the ports, {@code store.reactive} the only code that speaks to a database.
 */
package jp.kazashi.qualification;
