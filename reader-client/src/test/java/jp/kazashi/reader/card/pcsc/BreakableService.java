package jp.kazashi.reader.card.pcsc;

import java.util.List;
import java.util.Set;
import javax.smartcardio.Card;
import javax.smartcardio.CardException;
import javax.smartcardio.CardTerminal;
import javax.smartcardio.CardTerminals;

/**
 * Terminals behind a service that can be absent, without readers, and restarted. A connection to it
 * is dead for good once the service has ended, as that of the Java platform is, until somebody who
 * was told of the trouble throws it away.
 */
final class BreakableService implements TerminalSource {

  private static final String LOST = "SCARD_E_NO_SERVICE";

  private final CardTerminals readers;
  private boolean running = true;
  private boolean hasReaders = true;
  private boolean driverBreaks;
  private boolean connected;
  private int run;
  private int connectedTo;

  BreakableService(CardTerminals readers) {
    this.readers = readers;
  }

  synchronized void stop() {
    running = false;
  }

  synchronized void start() {
    running = true;
    run++;
  }

  synchronized void setReaders(boolean connectedNow) {
    hasReaders = connectedNow;
  }

  /** Some drivers throw what no method of {@code javax.smartcardio} says it throws. */
  synchronized void setDriverBreaks(boolean now) {
    driverBreaks = now;
  }

  @Override
  public synchronized CardTerminals terminals() throws CardException {
    if (!connected) {
      if (!running) {
        throw failure(LOST);
      }
      connected = true;
      connectedTo = run;
    }
    return new Connection(connectedTo);
  }

  @Override
  public synchronized void troubled(CardException trouble) {
    if (CardTrouble.says(trouble, Set.of(LOST))) {
      connected = false;
    }
  }

  private synchronized void check(int connection) throws CardException {
    if (!running || connection != run) {
      throw failure(LOST);
    }
    if (!hasReaders) {
      throw failure("SCARD_E_NO_READERS_AVAILABLE");
    }
    if (driverBreaks) {
      throw new IllegalArgumentException("a driver's own");
    }
  }

  private static CardException failure(String words) {
    return new CardException("failed", new Exception(words));
  }

  private final class Connection extends CardTerminals {
    private final int number;

    Connection(int number) {
      this.number = number;
    }

    @Override
    public List<CardTerminal> list(State state) throws CardException {
      check(number);
      return readers.list(state).stream()
          .<CardTerminal>map(reader -> new Reader(number, reader))
          .toList();
    }

    @Override
    public boolean waitForChange(long timeout) {
      throw new UnsupportedOperationException("Nobody waits inside the service.");
    }
  }

  private final class Reader extends CardTerminal {
    private final int connection;
    private final CardTerminal reader;

    Reader(int connection, CardTerminal reader) {
      this.connection = connection;
      this.reader = reader;
    }

    @Override
    public String getName() {
      return reader.getName();
    }

    @Override
    public Card connect(String protocol) throws CardException {
      check(connection);
      return reader.connect(protocol);
    }

    @Override
    public boolean isCardPresent() throws CardException {
      check(connection);
      return reader.isCardPresent();
    }

    @Override
    public boolean waitForCardPresent(long timeout) {
      throw new UnsupportedOperationException("Nobody waits inside the service.");
    }

    @Override
    public boolean waitForCardAbsent(long timeout) {
      throw new UnsupportedOperationException("Nobody waits inside the service.");
    }
  }
}
