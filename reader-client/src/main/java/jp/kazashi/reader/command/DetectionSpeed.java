package jp.kazashi.reader.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import jp.kazashi.consent.Sentence;
import jp.kazashi.consent.desk.FrontDesk.Light;
import jp.kazashi.reader.card.CardPort;

/** How soon a card that comes or goes is noticed, on a virtual reader of its own. */
final class DetectionSpeed {

  private static final int ROUNDS = 20;
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final double MOST_MILLIS = 300;
  private static final String CARD = "hanako";

  private final RunningWorld world;
  private final LongSupplier ticks;

  DetectionSpeed(RunningWorld world, LongSupplier ticks) {
    this.world = world;
    this.ticks = ticks;
  }

  Light measure(Readers readers) throws Fault {
    try (RunningWorld.HeadlessReader reader = world.openReader(CARD)) {
      String name = reader.name();
      CardPort port = readers.port(name);
      List<Double> removals = new ArrayList<>();
      List<Double> insertions = new ArrayList<>();
      for (int round = 0; round < ROUNDS; round++) {
        removals.add(after(() -> world.takeCard(name), port, p -> p.awaitRemoval(LIMIT)));
        insertions.add(after(() -> world.putCard(name, CARD), port, p -> p.awaitInsertion(LIMIT)));
      }
      return finding(insertions, removals);
    }
  }

  private static Light finding(List<Double> insertions, List<Double> removals) {
    double worst = Math.max(Collections.max(insertions), Collections.max(removals));
    String seen =
        "Insertion is seen after %.0f ms (worst %.0f), removal after %.0f ms (worst %.0f); %d rounds."
            .formatted(
                median(insertions),
                Collections.max(insertions),
                median(removals),
                Collections.max(removals),
                ROUNDS);
    Sentence says = new Sentence(seen, seen);
    return worst <= MOST_MILLIS
        ? Light.green(Light.Subject.SPEED, says)
        : Light.yellow(
            Light.Subject.SPEED,
            says,
            new Sentence(
                "この機械の負荷を減らし、もう一度測ってください。", "Let this machine do less, and measure again."));
  }

  /** What a hand does at a reader. */
  @FunctionalInterface
  private interface Hand {
    void moves() throws Fault;
  }

  /** In milliseconds, while somebody waits for it. */
  private double after(Hand hand, CardPort port, Predicate<CardPort> wait) throws Fault {
    CountDownLatch waiting = new CountDownLatch(1);
    CompletableFuture<Long> seen =
        CompletableFuture.supplyAsync(
            () -> {
              waiting.countDown();
              return wait.test(port) ? ticks.getAsLong() : Long.MAX_VALUE;
            },
            work -> Thread.ofPlatform().daemon().start(work));
    try {
      waiting.await();
      long start = ticks.getAsLong();
      hand.moves();
      long end = seen.get();
      if (end == Long.MAX_VALUE) {
        throw new Fault("The card was not noticed at all. Mend service and reader first.");
      }
      return Math.max(0, (end - start) / 1e6);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new Fault("Stopped.");
    } catch (ExecutionException bug) {
      throw new IllegalStateException(bug.getCause());
    }
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
