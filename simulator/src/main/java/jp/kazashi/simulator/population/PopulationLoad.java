package jp.kazashi.simulator.population;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Sends a whole population, town by town. A town that was taken in is noted in a file: what is
 * interrupted goes on there, and what was sent twice is a duplicate to the receiver. Few towns are
 * in memory at a time: who receives slowly is sent slowly.
 */
public final class PopulationLoad {
  private static final int TOWNS_AHEAD = 2;
  private static final int AT_ONCE = 4;

  /** Sends one delivery and returns when it was taken in. */
  public interface Send {
    Taken send(Feed.Delivery delivery, String batch) throws IOException, InterruptedException;
  }

  /** What became of a delivery. */
  public record Taken(
      long accepted, long duplicates, long rejected, Optional<String> firstReject) {}

  /**
   * How far it is.
   *
   * @param resumed of the people, those an earlier start had taken in
   */
  public record Progress(
      State state,
      int people,
      int of,
      int resumed,
      long records,
      long rejected,
      double seconds,
      Optional<String> trouble) {}

  public enum State {
    RUNNING,
    DONE,
    FAILED
  }

  /** A monotonic clock. */
  public interface Ticks {
    long nanos();
  }

  private final Population population;
  private final Path done;
  private final Send send;
  private final Ticks ticks;
  private final long begun;
  private final AtomicInteger people = new AtomicInteger();
  private final AtomicLong records = new AtomicLong();
  private final AtomicLong rejected = new AtomicLong();
  private final AtomicReference<@Nullable String> trouble = new AtomicReference<>();
  private final AtomicLong ended = new AtomicLong();
  private int resumed;

  /**
   * @param done where towns that were taken in are noted
   */
  public PopulationLoad(Population population, Path done, Send send, Ticks ticks) {
    this.population = population;
    this.done = done;
    this.send = send;
    this.ticks = ticks;
    this.begun = ticks.nanos();
  }

  /** Returns when everything was sent, or throws what stopped it; then call it again later. */
  public void run() throws IOException, InterruptedException {
    try {
      BitSet before = readDone();
      resumed = before.stream().map(population::peopleOf).sum();
      people.set(resumed);
      sendTowns(before);
    } catch (IOException | InterruptedException | RuntimeException failed) {
      trouble.compareAndSet(null, String.valueOf(failed.getMessage()));
      throw failed;
    } finally {
      ended.set(ticks.nanos());
    }
  }

  public Progress progress() {
    String stopped = trouble.get();
    State state = stopped != null ? State.FAILED : ended.get() == 0 ? State.RUNNING : State.DONE;
    long until = state == State.RUNNING ? ticks.nanos() : ended.get();
    return new Progress(
        state,
        people.get(),
        population.people(),
        resumed,
        records.get(),
        rejected.get(),
        (until - begun) / 1e9,
        Optional.ofNullable(stopped));
  }

  private void sendTowns(BitSet before) throws IOException, InterruptedException {
    Semaphore line = new Semaphore(AT_ONCE);
    ArrayBlockingQueue<Future<?>> ahead = new ArrayBlockingQueue<>(TOWNS_AHEAD);
    try (ExecutorService towns = Executors.newFixedThreadPool(TOWNS_AHEAD);
        ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
      try {
        for (int town = 0; town < population.towns(); town++) {
          if (!before.get(town)) {
            int number = town;
            while (ahead.remainingCapacity() == 0) {
              get(ahead.take());
            }
            ahead.add(
                towns.submit(() -> {
                  sendTown(number, line, senders);
                  return null;
                }));
          }
        }
        for (Future<?> rest = ahead.poll(); rest != null; rest = ahead.poll()) {
          get(rest);
        }
      } catch (IOException | InterruptedException | RuntimeException failed) {
        towns.shutdownNow();
        senders.shutdownNow();
        throw failed;
      }
    }
  }

  /** People first: whatever else is told speaks of people who are known. */
  private void sendTown(int town, Semaphore line, ExecutorService senders)
      throws IOException, InterruptedException {
    List<Feed.Delivery> deliveries = population.feed(town);
    for (boolean first : new boolean[] {true, false}) {
      List<Future<?>> sent =
          deliveries.stream()
              .filter(each -> (each.to() == Feed.Intake.QUALIFICATIONS) == first)
              .<Future<?>>map(each ->
                  senders.submit(() -> {
                    send(town, each, line);
                    return null;
                  }))
              .toList();
      for (Future<?> each : sent) {
        get(each);
      }
    }
    note(town);
    people.addAndGet(population.peopleOf(town));
  }

  private void send(int town, Feed.Delivery delivery, Semaphore line)
      throws IOException, InterruptedException {
    line.acquire();
    try {
      Taken taken = send.send(delivery, batch(town, delivery));
      records.addAndGet(taken.accepted() + taken.duplicates());
      if (taken.rejected() > 0) {
        rejected.addAndGet(taken.rejected());
        // What is made here is right by construction: a reject is a fault of one of the two.
        throw new IOException(
            "%d lines of %s were refused, first: %s"
                .formatted(
                    taken.rejected(), batch(town, delivery), taken.firstReject().orElse("?")));
      }
    } finally {
      line.release();
    }
  }

  /** The same batch for the same content, so that a resumed one is recognised. */
  private String batch(int town, Feed.Delivery delivery) {
    return "population-%d-%d-%s-%d-%s"
        .formatted(
            Population.VERSION,
            population.seed(),
            population.day(),
            town,
            delivery.to().name().toLowerCase(Locale.ROOT));
  }

  private BitSet readDone() throws IOException {
    BitSet towns = new BitSet();
    if (Files.exists(done)) {
      // Where a crash cut the note of a town, the town is sent again.
      Files.readAllLines(done).stream()
          .filter(text -> text.matches("\\d{1,6};"))
          .forEach(text -> towns.set(Integer.parseInt(text.substring(0, text.length() - 1))));
    }
    return towns;
  }

  private synchronized void note(int town) {
    try {
      Files.writeString(
          done, "\n" + town + ";", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static void get(Future<?> future) throws IOException, InterruptedException {
    try {
      future.get();
    } catch (ExecutionException failed) {
      switch (failed.getCause()) {
        case IOException io -> throw io;
        case RuntimeException unexpected -> throw unexpected;
        case null, default -> throw new IOException(failed.getCause());
      }
    }
  }
}
