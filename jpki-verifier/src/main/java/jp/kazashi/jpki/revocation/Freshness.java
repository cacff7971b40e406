package jp.kazashi.jpki.revocation;

import java.time.Duration;
import java.time.Instant;

/**
 * How far evidence may stand from the instant it is judged at.
 *
 * @param skew how much two clocks may differ, both ways
 * @param age how old an answer may be on top of that
 */
public record Freshness(Duration skew, Duration age) {
  public Freshness {
    if (skew.isNegative() || age.isNegative()) {
      throw new IllegalArgumentException("Skew and age cannot be negative");
    }
  }

  /** Later than any clock could say now. */
  boolean isFuture(Instant made, Instant at) {
    return made.isAfter(at.plus(skew));
  }

  boolean isOld(Instant made, Instant at) {
    return made.isBefore(at.minus(skew).minus(age));
  }

  /** Past the time the next one was promised for. */
  boolean isOver(Instant next, Instant at) {
    return next.isBefore(at.minus(skew));
  }

  /** Clocks kept by NTP; an answer made for this visit or cached for a few minutes. */
  public static Freshness ordinary() {
    return new Freshness(Duration.ofSeconds(15), Duration.ofMinutes(10));
  }
}
