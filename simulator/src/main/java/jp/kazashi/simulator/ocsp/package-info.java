/** The simulated JPKI's OCSP responder (RFC 6960), fit to serve as a fast real one. */
package jp.kazashi.simulator.ocsp;
