package jp.kazashi.consent;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the kiosk shows. Every view holds only what its screen needs; none holds who the patient is.
 */
public sealed interface ScreenView {

  /** Where on the five steps this screen stands; empty where it stands beside them. */
  Optional<Station> station();

  /** Whether this screen waits for the patient. */
  default boolean asks() {
    return this instanceof Question;
  }

  /** Whether this screen asked for that. Anything else a browser sends is not taken. */
  default boolean asksFor(PatientInput.Reply reply) {
    return false;
  }

  /** The five steps a patient walks, in their order. */
  enum Station {
    CARD,
    METHOD,
    PROOF,
    CONSENT,
    DONE
  }

  /** A screen that waits for the patient; every one of them can be stopped. */
  sealed interface Question extends ScreenView {

    boolean isAnsweredBy(PatientInput.Reply reply);

    @Override
    default boolean asksFor(PatientInput.Reply reply) {
      return reply instanceof PatientInput.Cancel || isAnsweredBy(reply);
    }
  }

  /** ① Put the card down. */
  record PutCard() implements ScreenView {
    @Override
    public Optional<Station> station() {
      return Optional.of(Station.CARD);
    }
  }

  /**
   * ② Choose how to be recognised.
   *
   * @param setback what came of the face, where it was tried and did not confirm anybody
   */
  record ChooseMethod(Set<ProofMethod> offered, FaceSetback setback) implements Question {
    public ChooseMethod(Set<ProofMethod> offered) {
      this(offered, FaceSetback.NONE);
    }

    public ChooseMethod {
      if (offered.isEmpty()) {
        throw new IllegalArgumentException("A choice offers something");
      }
      offered = EnumSet.copyOf(offered);
    }

    public boolean insteadOfFace() {
      return setback != FaceSetback.NONE;
    }

    @Override
    public Optional<Station> station() {
      return Optional.of(Station.METHOD);
    }

    @Override
    public boolean isAnsweredBy(PatientInput.Reply reply) {
      return reply instanceof PatientInput.Choose choose && offered.contains(choose.method());
    }
  }

  /** ③ Type the PIN; the tries left are always said before one is used. */
  record EnterPin(int triesLeft, boolean wrongBefore, boolean canGoBack) implements Question {
    public EnterPin(int triesLeft, boolean wrongBefore) {
      this(triesLeft, wrongBefore, false);
    }

    public EnterPin {
      if (triesLeft < 1) {
        throw new IllegalArgumentException("A blocked PIN is not asked for");
      }
    }

    public boolean lastTry() {
      return triesLeft == 1;
    }

    @Override
    public Optional<Station> station() {
      return Optional.of(Station.PROOF);
    }

    @Override
    public boolean isAnsweredBy(PatientInput.Reply reply) {
      return reply instanceof PatientInput.Pin || (canGoBack && reply instanceof PatientInput.Back);
    }
  }

  /** Something is being done; the patient waits. */
  record Working(Step step) implements ScreenView {

    /** What is being done. */
    public enum Step {
      READING_CARD(Station.CARD),
      CHECKING_PIN(Station.PROOF),
      CHECKING_FACE(Station.PROOF),
      /** The phone itself asks for its holder's face or finger. */
      CONFIRMING_ON_PHONE(Station.PROOF),
      ASKING(Station.PROOF),
      REGISTERING(Station.PROOF),
      RECORDING_CONSENT(Station.CONSENT);

      private final Station station;

      Step(Station station) {
        this.station = station;
      }
    }

    @Override
    public Optional<Station> station() {
      return Optional.of(step.station);
    }
  }

  /** The card is not registered as a health insurance card: register it now? */
  record AskRegistration() implements Question {
    @Override
    public Optional<Station> station() {
      return Optional.of(Station.PROOF);
    }

    @Override
    public boolean isAnsweredBy(PatientInput.Reply reply) {
      return reply instanceof PatientInput.Answer answer
          && switch (answer.reply()) {
            case YES, NO -> true;
            case ONE_BY_ONE, BACK -> false;
          };
    }
  }

  /** ④ One question about records. */
  record AskConsent(ConsentQuestion question, boolean canGoBack) implements Question {

    @Override
    public Optional<Station> station() {
      return Optional.of(Station.CONSENT);
    }

    @Override
    public boolean isAnsweredBy(PatientInput.Reply reply) {
      return reply instanceof PatientInput.Answer answer
          && switch (answer.reply()) {
            case YES, NO -> true;
            case ONE_BY_ONE -> question instanceof ConsentQuestion.Together;
            case BACK -> canGoBack;
          };
    }
  }

  /** ⑤ Done: what the patient should know, and what they agreed to show. */
  record Done(List<Told> notices, List<MedicalCategory> shared) implements ScreenView {
    public Done {
      notices = List.copyOf(notices);
      shared = List.copyOf(shared);
    }

    @Override
    public Optional<Station> station() {
      return Optional.of(Station.DONE);
    }
  }

  /** It ended otherwise: what happened. The screen adds where to go; never a dead end. */
  record Ended(Told why) implements ScreenView {
    @Override
    public Optional<Station> station() {
      return Optional.empty();
    }
  }

  /** Everything is finished and the card still lies there. */
  record TakeCard() implements ScreenView {
    @Override
    public Optional<Station> station() {
      return Optional.empty();
    }
  }

  /** This terminal cannot serve anyone now. */
  record OutOfService() implements ScreenView {
    @Override
    public Optional<Station> station() {
      return Optional.empty();
    }
  }
}
