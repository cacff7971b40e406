/** The simulated JPKI's revocation lists (RFC 5280 §5), full and delta. */
package jp.kazashi.simulator.crl;
