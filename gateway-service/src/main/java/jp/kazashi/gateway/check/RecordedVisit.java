package jp.kazashi.gateway.check;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import jp.kazashi.jpki.statement.VerificationMethod;
import jp.kazashi.jpki.verdict.UntrustedProof;

/**
 * What a terminal recorded while the line was down. Nothing of it is trusted.
 *
 * @param nonce the terminal's own challenge
 * @param madeAt when the terminal made it
 * @param face by which calibration a face was compared, where one was and the terminal says it
 */
public record RecordedVisit(
    UUID nonce,
    Instant madeAt,
    VerificationMethod method,
    Instant confirmedAt,
    UntrustedProof proof,
    Optional<FaceCalibration> face,
    Typed typed) {
  public RecordedVisit {
    if (face.isPresent() && method != VerificationMethod.FACE) {
      throw new IllegalArgumentException("A calibration goes with a face");
    }
  }

  /** Whom staff wrote down, to be found again when the card was no good. */
  public record Typed(String name, String birthDate, String sex, String address) {
    /** Names nobody: what is printed may reach a log. */
    @Override
    public String toString() {
      return "Typed";
    }
  }
}
