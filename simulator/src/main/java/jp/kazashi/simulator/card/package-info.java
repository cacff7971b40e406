/**
 * The virtual My Number card: one core from command bytes to response bytes. It shares no code with
 * the reader that talks to it.
 */
package jp.kazashi.simulator.card;
