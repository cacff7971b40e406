/**
 * A JPKI that nobody can take for the real one, and the TLS authority of a world. It signs and
 * encodes by itself and shares nothing with the verifier, so that each checks the other.
 */
package jp.kazashi.simulator.pki;
