package jp.kazashi.reader.card.pcsc;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;
import javax.smartcardio.CardTerminal;
import javax.smartcardio.TerminalFactory;
import jp.kazashi.reader.card.CardPort;
import jp.kazashi.reader.myna.TestCards;
import jp.kazashi.simulator.terminal.VpcdFront;

/**
 * Prints how soon a card on this machine's pcscd is noticed, beside a witness: another process that
 * waits inside the service and so is told as soon as the service knows. Not a test: speeds are
 * measured by hand, on a quiet machine.
 */
public final class PcscdSpeed {

  private static final int ROUNDS = 30;
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private PcscdSpeed() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("kazashi-speed");
    try (Pcscd pcscd = Pcscd.prepare(folder)) {
      pcscd.start();
      Process witness = startWitness();
      try (BufferedReader lines = witness.inputReader(StandardCharsets.UTF_8)) {
        BlockingQueue<Long> told = new LinkedBlockingQueue<>();
        Thread.ofPlatform().daemon().start(() -> listen(lines, told));
        told.take(); // it is ready
        measure(pcscd, PcscReaders.system().reader(Pcscd.READER), told);
      } finally {
        witness.destroy();
      }
    }
  }

  private static void measure(Pcscd pcscd, CardPort port, BlockingQueue<Long> told)
      throws InterruptedException {
    List<Double> insertions = new ArrayList<>();
    List<Double> removals = new ArrayList<>();
    List<Double> beyond = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      CompletableFuture<Long> seen = waiting(port, p -> p.awaitInsertion(LIMIT));
      Thread.sleep(500 + System.nanoTime() % 400);
      long start = System.nanoTime();
      VpcdFront card = pcscd.offer(TestCards.card("hanako"));
      insertions.add((seen.join() - start) / 1e6);
      beyond.add((seen.join() - told.take()) / 1e6);

      CompletableFuture<Long> gone = waiting(port, p -> p.awaitRemoval(LIMIT));
      Thread.sleep(500 + System.nanoTime() % 400);
      start = System.nanoTime();
      card.close();
      removals.add((gone.join() - start) / 1e6);
      beyond.add((gone.join() - told.take()) / 1e6);
    }
    System.out.printf(
        "over pcscd: insertion seen after %.0f ms (worst %.0f), removal after %.0f ms (worst %.0f);"
            + " beyond the service's own knowledge %.0f ms (worst %.0f), %d rounds%n",
        median(insertions),
        Collections.max(insertions),
        median(removals),
        Collections.max(removals),
        median(beyond),
        Collections.max(beyond),
        ROUNDS);
  }

  private static CompletableFuture<Long> waiting(CardPort port, Predicate<CardPort> wait) {
    return CompletableFuture.supplyAsync(
        () -> {
          if (!wait.test(port)) {
            throw new IllegalStateException("it was not noticed");
          }
          return System.nanoTime();
        },
        work -> Thread.ofPlatform().daemon().start(work));
  }

  private static Process startWitness() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Witness.class.getName())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static void listen(BufferedReader lines, BlockingQueue<Long> told) {
    lines.lines().forEach(_ -> told.add(System.nanoTime()));
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  /** Says a line when it is ready, and at every change. */
  static final class Witness {

    private Witness() {}

    public static void main(String[] arguments) throws Exception {
      CardTerminal reader =
          TerminalFactory.getInstance("PC/SC", null).terminals().getTerminal(Pcscd.READER);
      System.out.println("ready");
      while (true) {
        reader.waitForCardPresent(0);
        System.out.println("in");
        reader.waitForCardAbsent(0);
        System.out.println("out");
      }
    }
  }
}
