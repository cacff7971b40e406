package jp.kazashi.simulator.terminal;

import java.net.URI;
import java.util.Map;
import javax.smartcardio.CardTerminals;
import javax.smartcardio.TerminalFactorySpi;
import org.jspecify.annotations.Nullable;

/** Made by {@link VirtualTerminalProvider}. */
public final class VirtualTerminalFactory extends TerminalFactorySpi {

  private final TerminalLink link;

  public VirtualTerminalFactory(@Nullable Object parameter) {
    link = linkFor(parameter);
  }

  private static TerminalLink linkFor(@Nullable Object parameter) {
    if (parameter instanceof VirtualReaders readers) {
      return new InProcessLink(readers);
    }
    if (parameter instanceof Map<?, ?> simulator) {
      return new SocketLink(URI.create(entry(simulator, "url")), entry(simulator, "token"));
    }
    throw new IllegalArgumentException("Virtual readers need the url and token of a simulator.");
  }

  private static String entry(Map<?, ?> simulator, String key) {
    if (simulator.get(key) instanceof String value) {
      return value;
    }
    throw new IllegalArgumentException("Virtual readers need the " + key + " of a simulator.");
  }

  @Override
  protected CardTerminals engineTerminals() {
    return new VirtualTerminals(link);
  }
}
