/** The speed of the simulated OCSP responder. */
package jp.kazashi.load.ocsp;
