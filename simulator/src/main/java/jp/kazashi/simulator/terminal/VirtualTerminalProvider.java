package jp.kazashi.simulator.terminal;

import java.security.Provider;

/**
 * Virtual readers for {@code TerminalFactory.getInstance("KazashiVirtual", parameter, provider)}.
 * The parameter is a {@code Map<String, String>} with {@code url} and {@code token} of a
 * simulator's control, or, in the same JVM, its {@link VirtualReaders}. The type has a name of its
 * own and nothing is registered anywhere, so that it can never stand in for "PC/SC".
 */
public final class VirtualTerminalProvider extends Provider {

  public static final String TYPE = "KazashiVirtual";

  public VirtualTerminalProvider() {
    super("KazashiVirtualTerminals", "1", "Virtual card readers of a Kazashi simulator");
    put("TerminalFactory." + TYPE, VirtualTerminalFactory.class.getName());
  }
}
