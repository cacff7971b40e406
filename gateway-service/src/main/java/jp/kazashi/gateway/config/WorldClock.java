package jp.kazashi.gateway.config;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The clock by which everything of the calendar is judged: the real one, plus the offset of a
 * simulated world. TLS and durations never use it.
 */
public final class WorldClock implements InstantSource {
  private final InstantSource real;
  private volatile Duration offset;

  public WorldClock(InstantSource real, Duration offset) {
    this.real = real;
    this.offset = offset;
  }

  @Override
  public Instant instant() {
    return real.instant().plus(offset);
  }

  public void moveTo(Duration newOffset) {
    offset = newOffset;
  }
}
