package jp.kazashi.simulator.terminal;

import java.time.Duration;
import java.util.Set;
import javax.smartcardio.Card;
import javax.smartcardio.CardException;
import javax.smartcardio.CardTerminal;

/** One virtual reader. Its waits are woken by the change itself. */
final class VirtualTerminal extends CardTerminal {

  private static final Set<String> PROTOCOLS = Set.of("*", "T=1", "T=CL");
  private static final Duration SLICE = Duration.ofSeconds(30);

  private final String name;
  private final TerminalLink link;

  VirtualTerminal(String name, TerminalLink link) {
    this.name = name;
    this.link = link;
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public Card connect(String protocol) throws CardException {
    if (!PROTOCOLS.contains(protocol)) {
      throw new CardException("A virtual card does not speak " + protocol + ".");
    }
    return new VirtualConnection(link.connect(name));
  }

  @Override
  public boolean isCardPresent() throws CardException {
    return link.presence(name).present();
  }

  @Override
  public boolean waitForCardPresent(long timeout) throws CardException {
    return await(true, timeout);
  }

  @Override
  public boolean waitForCardAbsent(long timeout) throws CardException {
    return await(false, timeout);
  }

  /** A card that came and went, or went and came, while we waited was there, or was away. */
  private boolean await(boolean present, long timeout) throws CardException {
    if (timeout < 0) {
      throw new IllegalArgumentException("A time-out is not negative.");
    }
    long end = System.nanoTime() + Duration.ofMillis(timeout).toNanos();
    Presence first = link.presence(name);
    Presence now = first;
    while (now.present() != present && now.changes() == first.changes()) {
      long left = timeout == 0 ? SLICE.toNanos() : end - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      now =
          link.awaitChange(name, now.changes(), Duration.ofNanos(Math.min(left, SLICE.toNanos())));
    }
    return true;
  }
}
