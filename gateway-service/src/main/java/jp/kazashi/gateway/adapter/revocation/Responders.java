package jp.kazashi.gateway.adapter.revocation;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Which sources do not answer of late. One that failed several times in a row is left alone for a
 * while, longer each time up to a bound; then one question tries it again.
 */
public final class Responders {
  static final int FAILURES = 3;
  static final Duration FIRST_REST = Duration.ofSeconds(1);

  private static final int MOST_DOUBLINGS = 20;

  private final Duration longestRest;
  private final InstantSource steady;
  private final Map<URI, Silence> silent = new ConcurrentHashMap<>();

  /**
   * Remembers for as long as a node runs.
   *
   * @param steady a clock that nobody sets
   */
  public Responders(Duration longestRest, InstantSource steady) {
    this.longestRest = longestRest;
    this.steady = steady;
  }

  /**
   * What is remembered of one that failed.
   *
   * @param failures how often in a row
   * @param until when its rest is over, once it is taken for dead
   * @param tried whether somebody asks it again just now
   */
  private record Silence(int failures, Instant until, boolean tried) {
    boolean isDead() {
      return failures >= FAILURES;
    }
  }

  /** Whether it may be asked now; where its rest is over, the first who asks takes the turn. */
  boolean mayAsk(URI source) {
    AtomicBoolean may = new AtomicBoolean(true);
    silent.computeIfPresent(
        source,
        (same, silence) -> {
          if (!silence.isDead()) {
            return silence;
          }
          Instant now = steady.instant();
          if (now.isBefore(silence.until())) {
            may.set(false);
            return silence;
          }
          int failures = silence.failures();
          return new Silence(failures, now.plus(rest(failures)), true);
        });
    return may.get();
  }

  /** Whether it is taken for dead; says nothing of when it is tried again. */
  boolean isDead(URI source) {
    Silence silence = silent.get(source);
    return silence != null && silence.isDead();
  }

  /** Shows of each whether it is taken for dead. */
  public void show(RevocationMeters meters, Set<URI> sources) {
    for (URI source : sources) {
      meters.show(
          "kazashi.revocation.dead",
          "1 while a source is left alone because it does not answer",
          "source",
          source.toString(),
          () -> isDead(source) ? 1 : 0);
    }
  }

  void answered(URI source) {
    silent.remove(source);
  }

  void failed(URI source) {
    silent.merge(
        source,
        new Silence(1, Instant.MIN, false),
        // Many fail in one outage; only the one that tried it again makes its rest longer.
        (before, one) -> before.isDead() && !before.tried() ? before : oneMore(before));
  }

  private Silence oneMore(Silence before) {
    int failures = before.failures() + 1;
    return new Silence(
        failures, failures < FAILURES ? Instant.MIN : steady.instant().plus(rest(failures)), false);
  }

  private Duration rest(int failures) {
    Duration rest = FIRST_REST.multipliedBy(1L << Math.min(MOST_DOUBLINGS, failures - FAILURES));
    return rest.compareTo(longestRest) < 0 ? rest : longestRest;
  }
}
