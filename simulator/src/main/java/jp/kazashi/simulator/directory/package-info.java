/** The simulated JPKI's holder directory: who holds a certificate, and which came before it. */
package jp.kazashi.simulator.directory;
