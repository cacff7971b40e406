/**
 * Virtual readers, and the {@code javax.smartcardio} provider that makes them look like real ones.
 * The provider's side ({@link jp.kazashi.simulator.terminal.VirtualTerminalProvider} and what it
 * needs) uses the JDK alone, so that it can be loaded apart from everything else.
 */
package jp.kazashi.simulator.terminal;
