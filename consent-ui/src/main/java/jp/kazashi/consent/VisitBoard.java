package jp.kazashi.consent;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** All that the kiosk pages need: what is shown, when it changes, and where input goes. */
public interface VisitBoard {

  /** What is shown now. */
  Shown shown();

  /** Tells the listener of every change, until the subscription is closed. */
  Subscription subscribe(Consumer<Shown> listener);

  /**
   * Takes input meant for the screen of that number. Input for an earlier screen is not applied to
   * the present one; a PIN that is not taken is wiped.
   */
  Taken accept(long screen, PatientInput input);

  /**
   * A view and its circumstances. The number changes with every screen, so that an answer can name
   * the question it answers.
   *
   * @param patience how long this screen waits for the patient
   */
  record Shown(
      long screen,
      ScreenView view,
      Language language,
      boolean staffCalled,
      Optional<Duration> patience) {

    Shown next(ScreenView now, Optional<Duration> patience) {
      return new Shown(screen + 1, now, language, staffCalled, patience);
    }

    Shown in(Language chosen) {
      return new Shown(screen, view, chosen, staffCalled, patience);
    }

    Shown withStaffCalled(boolean called) {
      return new Shown(screen, view, language, called, patience);
    }
  }

  /** What became of an input. */
  enum Taken {
    TAKEN,
    /** It was meant for a screen that is gone. */
    STALE,
    /** This screen did not ask for it. */
    NOT_ASKED
  }

  /** Ends the telling. */
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
