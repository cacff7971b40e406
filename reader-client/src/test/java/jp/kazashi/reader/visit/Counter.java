package jp.kazashi.reader.visit;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.smartcardio.TerminalFactory;
import jp.kazashi.reader.card.CardOpening;
import jp.kazashi.reader.card.CardPort;
import jp.kazashi.reader.card.CardSession;
import jp.kazashi.reader.card.CardStep;
import jp.kazashi.reader.card.StepResult;
import jp.kazashi.reader.card.pcsc.PcscReaders;
import jp.kazashi.reader.myna.TestCards;
import jp.kazashi.simulator.card.PinCounters;
import jp.kazashi.simulator.card.PinReference;
import jp.kazashi.simulator.terminal.VirtualReader;
import jp.kazashi.simulator.terminal.VirtualReaders;
import jp.kazashi.simulator.terminal.VirtualTerminalProvider;

/** A counter with one virtual reader, whose card can be taken away before any step. */
public final class Counter implements CardPort, AutoCloseable {

  private final PinCounters counters = PinCounters.inMemory();
  private final VirtualReaders virtual = new VirtualReaders();
  private final VirtualReader kiosk = virtual.reader("Kiosk").orElseThrow();
  private final CardPort port = PcscReaders.of(factory(virtual)).reader("Kiosk");
  private final AtomicInteger steps = new AtomicInteger();
  private volatile int takenBefore = Integer.MAX_VALUE;

  /**
   * Seated when this returns. A card put onto another one is seated a moment later, as by a hand
   * that swaps them, and until then the reader is empty: so the earlier one is taken off first.
   */
  public void seat() {
    kiosk.remove();
    kiosk.insert(TestCards.card("hanako", counters));
  }

  public void take() {
    kiosk.remove();
  }

  /** The card is taken just before that step, counted from one. */
  void takeBefore(int step) {
    takenBefore = step;
  }

  int steps() {
    return steps.get();
  }

  int triesLeft() {
    return counters.left(PinReference.authentication("hanako"));
  }

  void setTries(int tries) {
    counters.set(PinReference.authentication("hanako"), tries);
  }

  @Override
  public String name() {
    return port.name();
  }

  @Override
  public boolean isCardPresent() {
    return port.isCardPresent();
  }

  @Override
  public boolean awaitInsertion(Duration limit) {
    return port.awaitInsertion(limit);
  }

  @Override
  public boolean awaitRemoval(Duration limit) {
    return port.awaitRemoval(limit);
  }

  @Override
  public CardOpening open() {
    return switch (port.open()) {
      case CardOpening.Opened(CardSession session) -> new CardOpening.Opened(new Watched(session));
      case CardOpening.NoCard none -> none;
      case CardOpening.ReaderTrouble trouble -> trouble;
    };
  }

  @Override
  public void close() {
    virtual.close();
  }

  private static TerminalFactory factory(VirtualReaders virtual) {
    try {
      return TerminalFactory.getInstance("KazashiVirtual", virtual, new VirtualTerminalProvider());
    } catch (java.security.NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private final class Watched implements CardSession {
    private final CardSession session;

    Watched(CardSession session) {
      this.session = session;
    }

    @Override
    public StepResult transmit(CardStep step) {
      if (steps.incrementAndGet() == takenBefore) {
        take();
      }
      return session.transmit(step);
    }

    @Override
    public <R> R exclusively(Supplier<R> section) {
      return session.exclusively(section);
    }

    @Override
    public void close() {
      session.close();
    }
  }
}
