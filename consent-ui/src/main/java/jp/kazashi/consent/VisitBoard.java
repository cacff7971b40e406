package jp.kazashi.consent;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
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
   * @param typed how many digits of a PIN
   */
  record Shown(
      long screen,
      ScreenView view,
      Circumstances patient,
      boolean staffCalled,
      Optional<Duration> patience,
      int typed) {

    public Language language() {
      return patient.language();
    }

    Shown next(ScreenView now, Optional<Duration> patience) {
      return new Shown(screen + 1, now, patient, staffCalled, patience, 0);
    }

    Shown with(Circumstances now) {
      return new Shown(screen, view, now, staffCalled, patience, typed);
    }

    Shown withStaffCalled(boolean called) {
      return new Shown(screen, view, patient, called, patience, typed);
    }

    Shown withTyped(int digits) {
      return new Shown(screen, view, patient, staffCalled, patience, digits);
    }
  }

  /** What the pages know of the patient at the kiosk; nothing of it says who they are. */
  record Circumstances(Language language, Set<Comfort> comforts, Carrier carrier) {
    public Circumstances {
      comforts = Set.copyOf(comforts);
    }

    Circumstances speaking(Language chosen) {
      return new Circumstances(chosen, comforts, carrier);
    }

    Circumstances carrying(Carrier brought) {
      return new Circumstances(language, comforts, brought);
    }

    Circumstances turning(Comfort comfort) {
      Set<Comfort> now = EnumSet.noneOf(Comfort.class);
      now.addAll(comforts);
      if (!now.remove(comfort)) {
        now.add(comfort);
      }
      return new Circumstances(language, now, carrier);
    }
  }

  /** What became of an input. */
  enum Taken {
    TAKEN(0),
    /** It was meant for a screen that is gone. */
    STALE(1),
    /** This screen did not ask for it. */
    NOT_ASKED(2);

    private final int code;

    Taken(int code) {
      this.code = code;
    }

    /** How the browser is told of a key. */
    public byte code() {
      return (byte) code;
    }
  }

  /** Ends the telling. */
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
