package jp.kazashi.reader.kiosk;

import java.time.Duration;
import jp.kazashi.consent.KioskBoard;
import jp.kazashi.consent.KioskBoard.Sitting;
import jp.kazashi.consent.ScreenView;
import jp.kazashi.reader.card.CardOpening;
import jp.kazashi.reader.card.CardPort;
import jp.kazashi.reader.visit.VisitFlow;
import jp.kazashi.reader.visit.VisitFlow.Equipment;
import jp.kazashi.reader.visit.VisitId;

/**
 * The kiosk of one reader: one patient after the other, for as long as the terminal runs. Trouble
 * with the reader is shown and outlived.
 */
public final class Kiosk implements Runnable {

  private final KioskBoard board;
  private final CardPort reader;
  private final Equipment equipment;
  private final Trouble trouble;
  private final Pace pace;
  private boolean outOfService;

  public Kiosk(KioskBoard board, CardPort reader, Equipment equipment, Trouble trouble, Pace pace) {
    this.board = board;
    this.reader = reader;
    this.equipment = equipment;
    this.trouble = trouble;
    this.pace = pace;
  }

  /**
   * How long the kiosk waits.
   *
   * @param forAnswer for the patient at each question
   * @param forCard for a card, before the reader itself is looked at
   * @param forTaking until a card left behind is called out
   */
  public record Pace(Duration forAnswer, Duration forCard, Duration forTaking) {
    public static final Pace USUAL =
        new Pace(Duration.ofSeconds(90), Duration.ofSeconds(5), Duration.ofSeconds(30));
  }

  /** Is told what is wrong with the kiosk, and when it is well again. */
  public interface Trouble {
    void readerAway(String what);

    void readerBack();

    /** A visit broke; this is a fault of ours. */
    void visitBroke(VisitId visit, RuntimeException fault);
  }

  @Override
  public void run() {
    while (!Thread.currentThread().isInterrupted()) {
      if (reader.awaitInsertion(pace.forCard())) {
        serve(new VisitId(equipment.names().get()));
      } else {
        lookAtReader();
      }
    }
  }

  /** One patient, from the card to its removal. */
  private void serve(VisitId visit) {
    Sitting sitting = board.sit();
    Thread watch = Thread.ofPlatform().daemon().name("card-watch").start(() -> watch(sitting));
    try {
      new VisitFlow(equipment, reader, new KioskPatient(sitting, pace.forAnswer())).walk(visit);
    } catch (RuntimeException fault) {
      trouble.visitBroke(visit, fault);
      sitting.show(new ScreenView.OutOfService());
    } finally {
      awaitTaking(sitting);
      watch.interrupt();
      sitting.leave();
    }
  }

  /** The card leaves: the screen is wiped at once, whatever the visit is doing. */
  private void watch(Sitting sitting) {
    while (!Thread.currentThread().isInterrupted()) {
      if (reader.awaitRemoval(pace.forTaking())) {
        sitting.leave();
        return;
      }
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
    switch (reader.open()) {
      case CardOpening.Opened opened -> {
        opened.session().close();
        backInService();
      }
      case CardOpening.NoCard none -> backInService();
      case CardOpening.ReaderTrouble away -> {
        if (!outOfService) {
          outOfService = true;
          trouble.readerAway(away.what());
          board.clear(new ScreenView.OutOfService());
        }
      }
    }
  }

  private void backInService() {
    if (outOfService) {
      outOfService = false;
      trouble.readerBack();
      board.clear(new ScreenView.PutCard());
    }
  }
}
