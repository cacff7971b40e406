package jp.kazashi.reader.card.pcsc;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.smartcardio.CardException;
import javax.smartcardio.CardNotPresentException;
import javax.smartcardio.CardTerminal;
import jp.kazashi.reader.card.CardOpening;
import jp.kazashi.reader.card.CardPort;
import org.jspecify.annotations.Nullable;

/**
 * One reader over {@code javax.smartcardio}. It trusts no wait for long: a wait is a row of short
 * ones, and after a trouble the terminal is looked up anew, because services restart and readers
 * are unplugged.
 */
public final class PcscCardPort implements CardPort {

  /** Longest single wait: bounds how late an interrupt or a vanished reader is noticed. */
  private static final Duration SLICE = Duration.ofSeconds(1);

  private static final Duration PAUSE_AFTER_TROUBLE = Duration.ofMillis(200);

  private final TerminalSource source;
  private final @Nullable String wanted;
  private volatile @Nullable CardTerminal known;

  private PcscCardPort(TerminalSource source, @Nullable String wanted) {
    this.source = source;
    this.wanted = wanted;
  }

  static PcscCardPort named(String name, TerminalSource source) {
    return new PcscCardPort(source, name);
  }

  static PcscCardPort first(TerminalSource source) {
    return new PcscCardPort(source, null);
  }

  @Override
  public String name() {
    if (wanted != null) {
      return wanted;
    }
    CardTerminal terminal = known;
    return terminal == null ? "first reader" : terminal.getName();
  }

  @Override
  public boolean isCardPresent() {
    try {
      return terminal().isCardPresent();
    } catch (CardException e) {
      known = null;
      return false;
    }
  }

  @Override
  public boolean awaitInsertion(Duration limit) {
    return await(true, limit);
  }

  @Override
  public boolean awaitRemoval(Duration limit) {
    return await(false, limit);
  }

  private boolean await(boolean present, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    while (isCardPresent() != present) {
      long left = end - System.nanoTime();
      if (left <= 0 || Thread.currentThread().isInterrupted()) {
        return false;
      }
      if (awaitSlice(present, Math.min(left, SLICE.toNanos()))) {
        return true;
      }
    }
    return true;
  }

  /** What the reader saw while waiting counts, even if it is over: a quick swap is a removal. */
  private boolean awaitSlice(boolean present, long nanos) {
    // Zero would mean for ever.
    long millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos));
    try {
      CardTerminal terminal = terminal();
      return present ? terminal.waitForCardPresent(millis) : terminal.waitForCardAbsent(millis);
    } catch (CardException e) {
      known = null;
      LockSupport.parkNanos(Math.min(nanos, PAUSE_AFTER_TROUBLE.toNanos()));
      return false;
    }
  }

  @Override
  public CardOpening open() {
    try {
      CardTerminal terminal = terminal();
      return new CardOpening.Opened(PcscSession.open(terminal));
    } catch (CardNotPresentException e) {
      return new CardOpening.NoCard();
    } catch (CardException e) {
      known = null;
      return new CardOpening.ReaderTrouble(CardTrouble.what(e));
    }
  }

  private CardTerminal terminal() throws CardException {
    CardTerminal terminal = known;
    if (terminal == null) {
      terminal = find();
      known = terminal;
    }
    return terminal;
  }

  /** A list without readers is an exception on some systems and empty on others. */
  private CardTerminal find() throws CardException {
    for (CardTerminal terminal : source.terminals().list()) {
      if (wanted == null || wanted.equals(terminal.getName())) {
        return terminal;
      }
    }
    throw new CardException(
        wanted == null ? "No reader is connected." : "No reader is named '" + wanted + "'.");
  }
}
