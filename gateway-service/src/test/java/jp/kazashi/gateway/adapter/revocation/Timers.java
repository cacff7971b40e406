package jp.kazashi.gateway.adapter.revocation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Time that passes when a test says so. */
final class Timers implements Later, InstantSource {
  private final List<Timer> set = new CopyOnWriteArrayList<>();
  private Instant now = Instant.EPOCH;

  private record Timer(Instant at, Runnable work) {}

  @Override
  public Forget in(Duration delay, Runnable work) {
    Timer timer = new Timer(now.plus(delay), work);
    set.add(timer);
    return () -> set.remove(timer);
  }

  void pass(Duration duration) {
    Instant until = now.plus(duration);
    Optional<Timer> next = next(until);
    while (next.isPresent()) {
      set.remove(next.get());
      now = next.get().at();
      next.get().work().run();
      next = next(until);
    }
    now = until;
  }

  /** How many wait for their time. */
  int waiting() {
    return set.size();
  }

  private Optional<Timer> next(Instant until) {
    return set.stream()
        .filter(timer -> !timer.at().isAfter(until))
        .min(Comparator.comparing(Timer::at));
  }

  @Override
  public Instant instant() {
    return now;
  }
}
