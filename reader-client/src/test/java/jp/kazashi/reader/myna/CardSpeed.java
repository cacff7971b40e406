package jp.kazashi.reader.myna;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import jp.kazashi.reader.card.CardOpening;
import jp.kazashi.reader.card.CardPort;
import jp.kazashi.reader.card.CardSession;
import jp.kazashi.reader.card.CardStep;
import jp.kazashi.reader.card.StepResult;
import jp.kazashi.reader.card.pcsc.ImpatientReaders;
import jp.kazashi.simulator.card.CardPace;
import jp.kazashi.simulator.card.PinCounters;
import jp.kazashi.simulator.terminal.VirtualReader;
import jp.kazashi.simulator.terminal.VirtualReaders;

/**
 * Prints how long a card takes from being seated to a signed proof, without the human, and how much
 * of it is our own. Not a test: speeds are measured by hand, on a quiet machine.
 */
public final class CardSpeed {

  private static final int WARM_UP = 30;
  private static final int ROUNDS = 50;

  private CardSpeed() {}

  public static void main(String[] arguments) {
    for (CardPace pace : List.of(CardPace.INSTANT, CardPace.AT_424, CardPace.AT_106)) {
      measure(pace);
    }
    detection();
  }

  private static void measure(CardPace pace) {
    List<Double> whole = new ArrayList<>();
    List<Double> own = new ArrayList<>();
    int commands = 0;
    try (VirtualReaders virtual = new VirtualReaders()) {
      VirtualReader kiosk = virtual.reader("Kiosk").orElseThrow();
      CardPort port = ImpatientReaders.of(virtual, Duration.ofSeconds(5)).reader("Kiosk");
      for (int round = 0; round < (pace.equals(CardPace.INSTANT) ? WARM_UP : 5) + ROUNDS; round++) {
        kiosk.insert(TestCards.everything("hanako", PinCounters.inMemory()).paced(pace));
        long start = System.nanoTime();
        Timed session = new Timed(((CardOpening.Opened) port.open()).session());
        prove(session);
        long end = System.nanoTime();
        session.close();
        kiosk.remove();
        whole.add((end - start) / 1e6);
        own.add((end - start - session.atTheCard) / 1e6);
        commands = session.commands;
      }
    }
    System.out.printf(
        "%-60s %d commands, seated to signed: median %.1f ms, of which outside the card and its line"
            + " %.1f ms%n",
        pace, commands, median(whole), median(own));
  }

  private static void prove(CardSession session) {
    var card = ((Recognition.Recognised) MynaCard.recognise(session)).card();
    card.authenticationCertificate();
    card.pinTries();
    try (PinEntry pin = PinEntry.taking("1234".getBytes(StandardCharsets.US_ASCII))) {
      if (!(card.prove(pin, new byte[32]) instanceof Proving.Signed)) {
        throw new IllegalStateException("not signed");
      }
    }
  }

  private static void detection() {
    List<Double> insertions = new ArrayList<>();
    List<Double> removals = new ArrayList<>();
    try (VirtualReaders virtual = new VirtualReaders()) {
      VirtualReader kiosk = virtual.reader("Kiosk").orElseThrow();
      CardPort port = ImpatientReaders.of(virtual, Duration.ofSeconds(5)).reader("Kiosk");
      for (int round = 0; round < ROUNDS; round++) {
        insertions.add(
            after(
                () -> kiosk.insert(TestCards.card("hanako")),
                () -> port.awaitInsertion(Duration.ofSeconds(5))));
        removals.add(after(kiosk::remove, () -> port.awaitRemoval(Duration.ofSeconds(5))));
      }
    }
    System.out.printf(
        "insertion seen after %.0f ms (worst %.0f), removal after %.0f ms (worst %.0f)%n",
        median(insertions),
        Collections.max(insertions),
        median(removals),
        Collections.max(removals));
  }

  /** It happens while somebody waits for it, at any moment between two looks. */
  private static double after(Runnable happens, Supplier<Boolean> wait) {
    long[] happened = new long[1];
    Thread hand =
        Thread.ofPlatform()
            .start(() -> {
              try {
                Thread.sleep(Duration.ofMillis(120 + System.nanoTime() % 50));
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              happened[0] = System.nanoTime();
              happens.run();
            });
    var _ = wait.get();
    long seen = System.nanoTime();
    try {
      hand.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return (seen - happened[0]) / 1e6;
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().skip(values.size() / 4).sorted().toList();
    return sorted.get(sorted.size() / 2);
  }

  /** Counts what is spent in the card and on its line. */
  private static final class Timed implements CardSession {

    private final CardSession session;
    private long atTheCard;
    private int commands;

    private Timed(CardSession session) {
      this.session = session;
    }

    @Override
    public StepResult transmit(CardStep step) {
      long start = System.nanoTime();
      StepResult result = session.transmit(step);
      atTheCard += System.nanoTime() - start;
      commands++;
      return result;
    }

    @Override
    public <R> R exclusively(Supplier<R> section) {
      return session.exclusively(section);
    }

    @Override
    public void close() {
      session.close();
    }
  }
}
