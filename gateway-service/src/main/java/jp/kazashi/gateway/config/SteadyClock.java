package jp.kazashi.gateway.config;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * For what lasts (sessions, lockouts, passes): real time as it was when the node started, from then
 * on counted by the monotonic clock. Neither a moved world nor a corrected wall clock prolongs
 * anything; two nodes differ by what their clocks differed at their starts.
 */
public final class SteadyClock implements InstantSource {
  private final Instant start;
  private final long startNanos;
  private final LongSupplier nanos;

  public SteadyClock(InstantSource real, LongSupplier nanos) {
    this.start = real.instant();
    this.startNanos = nanos.getAsLong();
    this.nanos = nanos;
  }

  @Override
  public Instant instant() {
    return start.plusNanos(nanos.getAsLong() - startNanos);
  }
}
