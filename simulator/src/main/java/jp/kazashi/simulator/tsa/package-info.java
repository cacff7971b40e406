/** The simulated time stamp authority (RFC 3161). */
package jp.kazashi.simulator.tsa;
