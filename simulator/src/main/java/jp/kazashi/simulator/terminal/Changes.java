package jp.kazashi.simulator.terminal;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Counts changes, and tells whoever waits for the next one. */
final class Changes {

  private final Map<Long, CompletableFuture<Void>> waiting = new HashMap<>();
  private long tickets;
  private long count;

  synchronized long count() {
    return count;
  }

  void advance() {
    List<CompletableFuture<Void>> told;
    synchronized (this) {
      count++;
      told = List.copyOf(waiting.values());
      waiting.clear();
    }
    told.forEach(waiter -> waiter.complete(null));
  }

  /** Completes when more than {@code known} changes have happened, or at the limit. */
  CompletableFuture<Void> beyond(long known, Duration limit) {
    CompletableFuture<Void> waiter = new CompletableFuture<>();
    long ticket;
    synchronized (this) {
      if (count != known) {
        return CompletableFuture.completedFuture(null);
      }
      ticket = tickets++;
      waiting.put(ticket, waiter);
    }
    return waiter
        .completeOnTimeout(null, limit.toNanos(), TimeUnit.NANOSECONDS)
        .whenComplete((done, trouble) -> forget(ticket));
  }

  private synchronized void forget(long ticket) {
    waiting.remove(ticket);
  }
}
