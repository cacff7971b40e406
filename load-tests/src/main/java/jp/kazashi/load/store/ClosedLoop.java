package jp.kazashi.load.store;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import jp.kazashi.load.Latencies;

/**
 * Several lines that each ask again as soon as they are answered, all on one event loop, for a
 * time. Times are those of a caller who waits its turn: good for comparing two ways, not for
 * promising.
 */
final class ClosedLoop {
  private ClosedLoop() {}

  /** Returns calls a second. */
  static double run(
      Vertx vertx,
      int lines,
      double seconds,
      Latencies latencies,
      Supplier<CompletionStage<Integer>> call) {
    Context loop = vertx.getOrCreateContext();
    Lines all = new Lines(lines, System.nanoTime() + (long) (seconds * 1e9), latencies, call);
    long begun = System.nanoTime();
    loop.runOnContext(nothing -> all.begin());
    int calls = all.ended.join();
    return calls / ((System.nanoTime() - begun) / 1e9);
  }

  /** Touched by one event loop only. */
  private static final class Lines {
    private final long until;
    private final Latencies latencies;
    private final Supplier<CompletionStage<Integer>> call;
    private final CompletableFuture<Integer> ended = new CompletableFuture<>();
    private int open;
    private int calls;

    Lines(int lines, long until, Latencies latencies, Supplier<CompletionStage<Integer>> call) {
      this.open = lines;
      this.until = until;
      this.latencies = latencies;
      this.call = call;
    }

    void begin() {
      int lines = open;
      for (int line = 0; line < lines; line++) {
        next();
      }
    }

    private void next() {
      long asked = System.nanoTime();
      call.get()
          .whenComplete((answer, failure) -> {
            if (failure != null) {
              ended.completeExceptionally(failure);
              return;
            }
            long now = System.nanoTime();
            latencies.add(now - asked);
            calls++;
            if (now - until < 0) {
              next();
            } else if (--open == 0) {
              ended.complete(calls);
            }
          });
    }
  }
}
