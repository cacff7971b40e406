package jp.kazashi.reader.link;

import java.util.Optional;
import jp.kazashi.consent.Sentence;

/**
 * Why a visit did not get its answer.
 *
 * @param patient what the patient is told
 * @param nextStep what the desk does next
 * @param detail what went wrong technically, for the log; it names no person
 */
public record Refusal(
    ReasonId reason,
    Sentence patient,
    Sentence nextStep,
    Optional<String> detail,
    Optional<CheckId> checkId,
    Optional<CertificateStanding> certificate,
    Optional<Receipt> receipt) {

  private static final ReasonId NOT_REGISTERED = new ReasonId("NOT_REGISTERED");

  public Refusal(ReasonId reason, Sentence patient, Sentence nextStep) {
    this(
        reason,
        patient,
        nextStep,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Whether the holder can put it right here and now, by registering. */
  public boolean offersRegistration() {
    return reason.equals(NOT_REGISTERED) && checkId.isPresent();
  }

  /** Whether nobody answered: the only thing that lets a terminal record what it cannot ask. */
  public boolean isOfDeadLine() {
    return reason.equals(LocalReason.GATEWAY_UNREACHABLE.id());
  }

  public Refusal because(String what) {
    return new Refusal(reason, patient, nextStep, Optional.of(what), checkId, certificate, receipt);
  }
}
