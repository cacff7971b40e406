package jp.kazashi.reader.visit;

import java.util.Set;
import jp.kazashi.consent.FaceSetback;
import jp.kazashi.consent.MedicalCategory;
import jp.kazashi.consent.ScreenView.Working.Step;
import jp.kazashi.jpki.statement.VerificationMethod;
import jp.kazashi.reader.myna.PinEntry;

/** The person at the card: at a kiosk, or scripted. */
public interface Patient {

  /** Something is being done; the patient waits. */
  void waitsFor(Step step);

  Reply<VerificationMethod> chooses(MethodQuestion question);

  /** The entry is the caller's to close. */
  Reply<PinEntry> entersPin(PinQuestion question);

  /** Whether a wrong PIN is asked for again. */
  boolean mayRetryPin();

  /** Whether a card that is not registered is registered now. */
  Reply<Boolean> registers();

  /** What the patient lets this institution see, of what is offered. */
  Reply<Set<MedicalCategory>> consents(Set<MedicalCategory> offered);

  /** It is over. */
  void hears(Visit.End end);

  /**
   * A way to be confirmed is asked for.
   *
   * @param setback what came of the face, where it was tried in this visit
   */
  record MethodQuestion(Set<VerificationMethod> offered, FaceSetback setback) {
    public MethodQuestion {
      offered = Set.copyOf(offered);
    }
  }

  /**
   * The PIN is asked for.
   *
   * @param triesLeft said before one is used
   * @param wrongBefore whether this visit has used one already
   * @param canGoBack whether another method can be chosen instead
   */
  record PinQuestion(int triesLeft, boolean wrongBefore, boolean canGoBack) {}

  /** What a patient answers. */
  sealed interface Reply<T> {

    record Said<T>(T what) implements Reply<T> {}

    /** They want to choose anew what they chose before. */
    record Back<T>() implements Reply<T> {}

    /** They want to stop. */
    record Cancelled<T>() implements Reply<T> {}

    /** They said nothing in time. */
    record Silent<T>() implements Reply<T> {}

    /** They have gone, with the card. */
    record Gone<T>() implements Reply<T> {}
  }
}
