package jp.kazashi.simulator.world;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * When a part that died is started again: soon, then ever later, and not at all when it died too
 * often in a short time. Reads monotonic time.
 */
record RestartRule(int deaths, Duration within, Duration firstPause, Duration longestPause) {
  static RestartRule usual() {
    return new RestartRule(5, Duration.ofMinutes(1), Duration.ofMillis(200), Duration.ofSeconds(5));
  }

  RestartRule {
    if (deaths < 1) {
      throw new IllegalArgumentException("at least one death");
    }
  }

  History history() {
    return new History(this);
  }

  /** The deaths of one part. */
  static final class History {
    private final RestartRule rule;
    private final Deque<Long> times = new ArrayDeque<>();

    private History(RestartRule rule) {
      this.rule = rule;
    }

    /** How long to wait before the next start; empty: give up. */
    Optional<Duration> died(long nanoTime) {
      times.addLast(nanoTime);
      times.removeIf(earlier -> nanoTime - earlier > rule.within().toNanos());
      if (times.size() >= rule.deaths()) {
        return Optional.empty();
      }
      Duration pause = rule.firstPause().multipliedBy(1L << Math.min(times.size() - 1, 16));
      return Optional.of(pause.compareTo(rule.longestPause()) > 0 ? rule.longestPause() : pause);
    }
  }
}
