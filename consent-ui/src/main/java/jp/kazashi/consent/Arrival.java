package jp.kazashi.consent;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * One line of the arrival list.
 *
 * @param order counts up in order of arrival
 * @param terminal where the card was put down
 * @param consents what this institution may read, until {@code consentsUntil}
 * @param alerts what staff should know
 * @param nextStep what staff should do, in one sentence
 * @param check the gateway's name for it, once it was answered
 */
public record Arrival(
    String id,
    long order,
    Instant at,
    String terminal,
    Standing standing,
    List<MedicalCategory> consents,
    Optional<Instant> consentsUntil,
    List<Sentence> alerts,
    Optional<Sentence> nextStep,
    Optional<String> check,
    Chart chart) {

  public Arrival {
    consents = List.copyOf(consents);
    alerts = List.copyOf(alerts);
  }

  /** Of somebody whose chart is not known. */
  public Arrival(
      String id,
      long order,
      Instant at,
      String terminal,
      Standing standing,
      List<MedicalCategory> consents,
      Optional<Instant> consentsUntil,
      List<Sentence> alerts,
      Optional<Sentence> nextStep) {
    this(
        id,
        order,
        at,
        terminal,
        standing,
        consents,
        consentsUntil,
        alerts,
        nextStep,
        Optional.empty(),
        Chart.NONE);
  }

  /**
   * The institution's own number for the patient.
   *
   * @param number registered for this person
   * @param suggested charts whose kana and birth date are the same; one click registers one
   */
  public record Chart(Optional<String> number, List<String> suggested) {
    public static final Chart NONE = new Chart(Optional.empty(), List.of());

    public Chart {
      suggested = List.copyOf(suggested);
    }
  }

  /** How it stands with this arrival. */
  public sealed interface Standing {

    /** Still at the kiosk; nobody knows yet who it is. */
    record AtKiosk(ScreenView.Station station) implements Standing {}

    /** Answered: who it is and whether they are covered. */
    record Answered(
        Person person,
        Validity validity,
        String insurerName,
        Optional<Integer> contributionRatio,
        ProofMethod method)
        implements Standing {}

    /** Refused; the reason id is small print for the telephone. */
    record Refused(String reason, Sentence sentence) implements Standing {}

    /** Went away before anything was sent. */
    record Left() implements Standing {}
  }

  /**
   * Who it is.
   *
   * @param printableName the name with characters the receipt computer cannot print replaced
   */
  public record Person(String name, String printableName, String kana, LocalDate birthDate) {
    /** Whether the printed name differs from the registered one. */
    public boolean replaced() {
      return !name.equals(printableName);
    }
  }

  /** The validity of a qualification, by the code of the wire (QualificationValidity 1–6). */
  public enum Validity {
    VALID(1, true),
    INVALID(2, false),
    SUPERSEDED(3, false),
    NONE(4, false),
    SEVERAL(5, false),
    VALID_UNREGISTERED(6, true);

    private final int code;
    private final boolean covered;

    Validity(int code, boolean covered) {
      this.code = code;
      this.covered = covered;
    }

    public static Validity of(int code) {
      for (Validity validity : values()) {
        if (validity.code == code) {
          return validity;
        }
      }
      throw new IllegalArgumentException("Validity codes are 1 to 6, not " + code);
    }

    public boolean covered() {
      return covered;
    }
  }
}
