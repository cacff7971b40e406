package jp.kazashi.simulator.terminal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Whose turn it is at one card. Nobody blocks a thread while waiting. */
final class Turns {

  private record Waiting(SeatedCard.Connection who, boolean holds, CompletableFuture<Void> turn) {}

  private final Deque<Waiting> queue = new ArrayDeque<>();
  private SeatedCard.@Nullable Connection holder;
  private boolean over;

  /** Completes when nobody else holds the card. */
  CompletableFuture<Void> pass(SeatedCard.Connection who) {
    return enter(who, false);
  }

  /** Completes when the card is held by {@code who} alone. */
  CompletableFuture<Void> hold(SeatedCard.Connection who) {
    return enter(who, true);
  }

  private synchronized CompletableFuture<Void> enter(SeatedCard.Connection who, boolean holds) {
    if (over || holder == who) {
      return CompletableFuture.completedFuture(null);
    }
    Waiting waiting = new Waiting(who, holds, new CompletableFuture<>());
    if (holder == null) {
      holder = holds ? who : null;
      return CompletableFuture.completedFuture(null);
    }
    queue.add(waiting);
    return waiting.turn();
  }

  /** Gives back what {@code who} holds, and lets it wait for nothing any more. */
  void release(SeatedCard.Connection who) {
    List<Waiting> called = new ArrayList<>();
    synchronized (this) {
      queue.removeIf(waiting -> waiting.who() == who && called.add(waiting));
      if (holder == who) {
        holder = null;
        callNext(called);
      }
    }
    called.forEach(waiting -> waiting.turn().complete(null));
  }

  private void callNext(List<Waiting> called) {
    while (holder == null && !queue.isEmpty()) {
      Waiting next = queue.remove();
      holder = next.holds() ? next.who() : null;
      called.add(next);
    }
  }

  /** The card has left: everyone may go and see for himself. */
  void end() {
    List<Waiting> called;
    synchronized (this) {
      over = true;
      holder = null;
      called = List.copyOf(queue);
      queue.clear();
    }
    called.forEach(waiting -> waiting.turn().complete(null));
  }
}
