package jp.kazashi.reader.world;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The calendar of the world: the real one, moved by one offset. */
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

  void move(Duration newOffset) {
    offset = newOffset;
  }
}
