package jp.kazashi.reader.kiosk;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import jp.kazashi.consent.Carrier;
import jp.kazashi.consent.KioskBoard;
import jp.kazashi.consent.KioskBoard.Sitting;
import jp.kazashi.consent.ScreenView;
import jp.kazashi.consent.VisitBoard;
import jp.kazashi.reader.card.CardOpening;
import jp.kazashi.reader.card.CardPort;
import jp.kazashi.reader.visit.VisitFlow;
import jp.kazashi.reader.visit.VisitFlow.Equipment;
import jp.kazashi.reader.visit.VisitId;
import org.jspecify.annotations.Nullable;

/**
 * The kiosk of one reader: one patient after the other, for as long as the terminal runs. Trouble
 * with the reader is shown and outlived.
 */
public final class Kiosk implements Runnable {

  private final KioskBoard board;
  private final CardPort reader;
  private final Holds holds;
  private final Turn turn;
  private final Equipment equipment;
  private final Trouble trouble;
  private final Pace pace;

  /** What is wrong; null while it serves. */
  private volatile @Nullable String illness;

  private Optional<Touched> touched = Optional.empty();

  public Kiosk(
      KioskBoard board,
      CardPort reader,
      Holds holds,
      Turn turn,
      Equipment equipment,
      Trouble trouble,
      Pace pace) {
    this.board = board;
    this.reader = reader;
    this.holds = holds;
    this.turn = turn;
    this.equipment = equipment;
    this.trouble = trouble;
    this.pace = pace;
  }

  /** What a reader is for. */
  public enum Holds {
    /** They lie there until the end: to take one away is to leave. */
    CARDS,
    /** They leave after the tap; from the signature on only a time-out ends a visit. */
    PHONES
  }

  /**
   * How long the kiosk waits.
   *
   * @param forAnswer for the patient at each question
   * @param forCard for a card, before the reader itself is looked at
   * @param forTaking until a card left behind is called out, or the end of a visit by phone is
   *     taken off the screen
   * @param forIdle until a language chosen by nobody with a card is forgotten
   */
  public record Pace(Duration forAnswer, Duration forCard, Duration forTaking, Duration forIdle) {
    public static final Pace USUAL =
        new Pace(
            Duration.ofSeconds(90),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60));
  }

  /** Is told what is wrong with the kiosk, and when it is well again. */
  public interface Trouble {
    void readerAway(String what);

    void readerBack();

    /** A visit broke; this is a fault of ours. */
    void visitBroke(VisitId visit, RuntimeException fault);

    /** It broke between visits. */
    void kioskBroke(RuntimeException fault);
  }

  /** What is wrong with it now; empty while it serves. */
  public Optional<String> illness() {
    return Optional.ofNullable(illness);
  }

  @Override
  public void run() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        serveOrLook();
      } catch (RuntimeException fault) {
        broke(fault);
      }
    }
  }

  private void serveOrLook() {
    if (reader.awaitInsertion(pace.forCard())) {
      backInService();
      serveInTurn();
    } else {
      lookAtReader();
    }
  }

  /** Nobody would start this thread again: whatever it was, the next patient is served. */
  private void broke(RuntimeException fault) {
    trouble.kioskBroke(fault);
    boolean _ = outOfService("A fault of this program: " + fault.getClass().getSimpleName() + ".");
    pause();
  }

  private void pause() {
    try {
      Thread.sleep(pace.forCard());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void serveInTurn() {
    try {
      switch (holds) {
        case CARDS -> inTurn(() -> serve(nextVisit()));
        case PHONES -> serveByTap();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void inTurn(Runnable patient) throws InterruptedException {
    turn.take();
    try {
      patient.run();
    } finally {
      turn.giveBack();
    }
  }

  private VisitId nextVisit() {
    return new VisitId(equipment.names().get());
  }

  /** A phone that is still held there afterwards is no other patient's. */
  private void serveByTap() throws InterruptedException {
    Tap tap = new Tap();
    Thread watch = Thread.ofPlatform().daemon().name("phone-watch").start(tap);
    try {
      inTurn(() -> serveByTap(nextVisit(), tap));
      tap.left.await();
    } finally {
      watch.interrupt();
    }
  }

  /** A phone was held there: it leaves, and then another one comes. */
  private final class Tap implements Runnable {
    private final CountDownLatch left = new CountDownLatch(1);
    private Optional<Sitting> patient = Optional.empty();
    private volatile boolean followed;

    @Override
    public void run() {
      if (saw(reader::awaitRemoval)) {
        leave();
        followed = saw(reader::awaitInsertion);
        turn.look();
      }
    }

    synchronized void isOf(Sitting sitting) {
      patient = Optional.of(sitting);
      if (left.getCount() == 0) {
        sitting.carrierIsAway();
      }
    }

    private synchronized void leave() {
      left.countDown();
      patient.ifPresent(Sitting::carrierIsAway);
    }
  }

  /** Until it was seen, or whoever watches is told to stop. */
  private boolean saw(Predicate<Duration> movement) {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        if (movement.test(pace.forTaking())) {
          return true;
        }
      } catch (RuntimeException fault) {
        trouble.kioskBroke(fault);
        pause();
      }
    }
    return false;
  }

  /** What is said at the end stays for a while, or until the next patient is there. */
  private void serveByTap(VisitId visit, Tap tap) {
    Sitting sitting = board.sit(Carrier.PHONE);
    tap.isOf(sitting);
    try {
      walk(sitting, visit);
    } finally {
      if (!sitting.isOver()) {
        turn.linger(pace.forTaking(), () -> tap.followed);
      }
      sitting.leave();
    }
  }

  /** One patient, from the card to its removal. */
  private void serve(VisitId visit) {
    Sitting sitting = board.sit();
    Thread watch = Thread.ofPlatform().daemon().name("card-watch").start(() -> watch(sitting));
    try {
      walk(sitting, visit);
      awaitTaking(sitting);
    } finally {
      watch.interrupt();
      sitting.leave();
    }
  }

  private void walk(Sitting sitting, VisitId visit) {
    try {
      new VisitFlow(equipment, reader, new KioskPatient(sitting, pace.forAnswer())).walk(visit);
    } catch (RuntimeException fault) {
      trouble.visitBroke(visit, fault);
      sitting.show(new ScreenView.OutOfService());
    }
  }

  /** The card leaves: the screen is wiped at once, whatever the visit is doing. */
  private void watch(Sitting sitting) {
    if (saw(reader::awaitRemoval)) {
      sitting.leave();
    }
  }

  /** A card put down anew meanwhile is the next patient's. */
  private void awaitTaking(Sitting sitting) {
    while (!sitting.isOver() && !Thread.currentThread().isInterrupted()) {
      if (reader.awaitRemoval(pace.forTaking())) {
        return;
      }
      sitting.show(new ScreenView.TakeCard());
    }
  }

  /** No card for a while: is it the patients or the reader? */
  private void lookAtReader() {
    tidyUp();
    switch (reader.open()) {
      case CardOpening.Opened opened -> {
        opened.session().close();
        backInService();
      }
      case CardOpening.NoCard none -> backInService();
      case CardOpening.ReaderTrouble away -> {
        if (outOfService(away.what())) {
          trouble.readerAway(away.what());
        }
      }
    }
  }

  /** Who chose a language and went away again without a card leaves nothing behind. */
  private void tidyUp() {
    if (!board.wasTouched()) {
      touched = Optional.empty();
    } else if (touched.filter(since -> since.shown().equals(board.shown())).isEmpty()) {
      touched = Optional.of(new Touched(board.shown(), equipment.ticks().getAsLong()));
    } else if (equipment.ticks().getAsLong() - touched.get().at() >= pace.forIdle().toNanos()) {
      show(board.shown().view());
    }
  }

  /** How the screen was left, and when that was first seen. */
  private record Touched(VisitBoard.Shown shown, long at) {}

  /** True if it served until now. */
  private boolean outOfService(String what) {
    boolean served = illness == null;
    illness = what;
    if (served) {
      show(new ScreenView.OutOfService());
    }
    return served;
  }

  private void backInService() {
    if (illness != null) {
      illness = null;
      trouble.readerBack();
      show(new ScreenView.PutCard());
    }
  }

  /** Without a reader for phones the kiosk still serves cards; nobody at it is disturbed. */
  private void show(ScreenView view) {
    if (holds == Holds.CARDS && turn.takeIfFree()) {
      board.clear(view);
      turn.giveBack();
    }
  }
}
