package jp.kazashi.simulator.world;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Keeps the parts of a world alive. They start in stages, those of one stage side by side; a part
 * that dies is started again by its rule; all end in the opposite order.
 */
final class Supervisor {
  /** What the supervisor tells. */
  interface Told {
    void ready(String part, Duration took);

    void died(String part, int code, Duration again);

    void failed(String part, String why, Duration again);

    void again(String part);

    void gaveUp(String part);
  }

  private final List<List<Part>> stages;
  private final RestartRule rule;
  private final LongSupplier nanoTime;
  private final Told told;
  private final Consumer<Map<String, Long>> processes;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Map<String, Long> pids = new LinkedHashMap<>();
  private final List<List<Kept>> kept = new ArrayList<>();

  Supervisor(
      List<List<Part>> stages,
      RestartRule rule,
      LongSupplier nanoTime,
      Told told,
      Consumer<Map<String, Long>> processes) {
    this.stages = stages.stream().map(List::copyOf).toList();
    this.rule = rule;
    this.nanoTime = nanoTime;
    this.told = told;
    this.processes = processes;
  }

  /** Returns when all are ready; where one fails, the rest is stopped and its trouble thrown. */
  void start() {
    for (List<Part> stage : stages) {
      List<Kept> together = stage.stream().map(Kept::new).toList();
      synchronized (kept) {
        if (isStopping()) {
          return;
        }
        kept.add(together);
        together.forEach(Kept::begin);
      }
      try {
        firstFailureOrAll(together.stream().map(one -> one.ready).toList()).join();
      } catch (CompletionException failed) {
        stop();
        throw failed.getCause() instanceof WorldTrouble trouble
            ? trouble
            : new WorldTrouble("A part cannot be started: " + failed.getCause(), failed);
      }
    }
  }

  /** Ends all, last started first; returns when nothing runs any more. */
  void stop() {
    stopping.countDown();
    List<List<Kept>> all;
    synchronized (kept) {
      all = List.copyOf(kept.reversed());
    }
    // One that cannot be ended keeps no other alive.
    List<RuntimeException> troubles = new ArrayList<>();
    for (List<Kept> together : all) {
      for (CompletableFuture<Void> end : together.stream().map(Kept::end).toList()) {
        try {
          end.join();
        } catch (CompletionException trouble) {
          troubles.add(trouble);
        }
      }
    }
    if (!troubles.isEmpty()) {
      throw troubles.getFirst();
    }
  }

  private static CompletableFuture<Void> firstFailureOrAll(List<CompletableFuture<Boolean>> parts) {
    CompletableFuture<Void> all =
        CompletableFuture.allOf(parts.toArray(CompletableFuture<?>[]::new));
    CompletableFuture<Void> outcome = all.copy();
    for (CompletableFuture<Boolean> part : parts) {
      part.exceptionally(trouble -> {
        outcome.completeExceptionally(trouble);
        return false;
      });
    }
    return outcome;
  }

  private boolean isStopping() {
    return stopping.getCount() == 0;
  }

  private boolean stoppedWithin(Duration pause) {
    try {
      return stopping.await(pause.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private void tell(String part, long pid) {
    synchronized (pids) {
      pids.put(part, pid);
      processes.accept(Map.copyOf(pids));
    }
  }

  private void forget(String part) {
    synchronized (pids) {
      pids.remove(part);
      processes.accept(Map.copyOf(pids));
    }
  }

  /** One part and its life. */
  private final class Kept {
    private final Part part;
    private final RestartRule.History history = rule.history();
    private final CompletableFuture<Boolean> ready = new CompletableFuture<>();
    private final CompletableFuture<Boolean> over = new CompletableFuture<>();
    private final Thread thread;
    private Optional<Part.Running> running = Optional.empty();

    Kept(Part part) {
      this.part = part;
      this.thread =
          Thread.ofPlatform().name("kazashi-" + part.name()).daemon().unstarted(this::live);
    }

    void begin() {
      thread.start();
    }

    private void live() {
      try {
        long from = nanoTime.getAsLong();
        adopt(begun());
        told.ready(part.name(), Duration.ofNanos(nanoTime.getAsLong() - from));
        ready.complete(true);
        while (!isStopping()) {
          awaitEndAndReplace();
        }
      } catch (RuntimeException | Error trouble) {
        ready.completeExceptionally(trouble);
      } finally {
        over.complete(true);
      }
    }

    private void awaitEndAndReplace() {
      int code = present().ended().join();
      forget(part.name());
      Optional<Duration> pause = history.died(nanoTime.getAsLong());
      if (isStopping()) {
        return;
      }
      pause.ifPresent(wait -> told.died(part.name(), code, wait));
      while (pause.isPresent() && !stoppedWithin(pause.get())) {
        try {
          adopt(begun());
          told.again(part.name());
          return;
        } catch (RuntimeException trouble) {
          // Whatever it was: nobody else would start this part again.
          pause = history.died(nanoTime.getAsLong());
          pause.ifPresent(wait -> told.failed(part.name(), line(trouble), wait));
        }
      }
      if (!isStopping()) {
        told.gaveUp(part.name());
        stoppedWithin(Duration.ofDays(365_000));
      }
    }

    private static String line(RuntimeException trouble) {
      return trouble instanceof WorldTrouble known ? known.line() : trouble.toString();
    }

    private synchronized Part.Running present() {
      return running.orElseThrow();
    }

    private Part.Running begun() {
      synchronized (this) {
        running = Optional.empty();
      }
      return part.start();
    }

    private void adopt(Part.Running started) {
      synchronized (this) {
        running = Optional.of(started);
      }
      tell(part.name(), started.pid());
      if (isStopping()) {
        started.stop();
      }
    }

    CompletableFuture<Void> end() {
      return CompletableFuture.runAsync(
          () -> {
            Optional<Part.Running> present;
            synchronized (this) {
              present = running;
            }
            // Where nothing runs, it is being started: that is given up.
            present.ifPresentOrElse(Part.Running::stop, thread::interrupt);
            over.join();
          },
          task -> Thread.ofPlatform().name("kazashi-end-" + part.name()).start(task));
    }
  }
}
