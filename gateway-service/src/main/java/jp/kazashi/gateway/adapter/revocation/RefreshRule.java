package jp.kazashi.gateway.adapter.revocation;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import jp.kazashi.jpki.revocation.RevocationList;

/**
 * When a list is looked for again: before it runs out, and between times, never at the same moment
 * as every other node.
 *
 * @param every longest time between two looks
 */
record RefreshRule(Duration every) {
  /** A source that cannot be reached, or has nothing newer, is not asked more often than this. */
  static final Duration SHORTEST = Duration.ofSeconds(5);

  private static final int MOST_DOUBLINGS = 20;

  /** Of a list's life the last quarter is for fetching the next, the jitter lies within it. */
  private static final double EARLIEST = 0.75;

  private static final double JITTER = 0.2;

  RefreshRule {
    if (every.compareTo(SHORTEST) < 0) {
      throw new IllegalArgumentException("Lists are looked for every five seconds at most");
    }
  }

  /** The next look when all is well. */
  Duration pause(RandomGenerator random) {
    return scaled(every, 1 - JITTER * random.nextDouble());
  }

  /** The next try after so many that failed in a row. */
  Duration afterFailures(int failures, RandomGenerator random) {
    Duration doubled = SHORTEST.multipliedBy(1L << Math.min(MOST_DOUBLINGS, failures - 1));
    Duration bounded = doubled.compareTo(every) < 0 ? doubled : every;
    Duration jittered = scaled(bounded, 1 - JITTER * random.nextDouble());
    return jittered.compareTo(SHORTEST) < 0 ? SHORTEST : jittered;
  }

  /** By the world's clock: from when on the next list is wanted whatever the pause. */
  Instant wanted(RevocationList list, Instant until, RandomGenerator random) {
    Duration life = Duration.between(list.thisUpdate(), until);
    return list.thisUpdate().plus(scaled(life, EARLIEST + JITTER * random.nextDouble()));
  }

  private static Duration scaled(Duration duration, double by) {
    return Duration.ofMillis(Math.round(duration.toMillis() * by));
  }
}
