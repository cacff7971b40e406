package jp.kazashi.reader.visit;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import jp.kazashi.reader.card.CardSession;
import jp.kazashi.reader.card.CardStep;
import jp.kazashi.reader.card.StepResult;

/** Adds up what is spent in the card and on its line, so that the rest is known to be ours. */
final class TimedSession implements CardSession {

  private final CardSession session;
  private final LongSupplier ticks;
  private long nanos;

  TimedSession(CardSession session, LongSupplier ticks) {
    this.session = session;
    this.ticks = ticks;
  }

  Duration inCard() {
    return Duration.ofNanos(nanos);
  }

  @Override
  public StepResult transmit(CardStep step) {
    long start = ticks.getAsLong();
    try {
      return session.transmit(step);
    } finally {
      nanos += ticks.getAsLong() - start;
    }
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
