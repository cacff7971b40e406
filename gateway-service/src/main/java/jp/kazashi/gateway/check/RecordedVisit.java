package jp.kazashi.gateway.check;

import java.time.Instant;
import java.util.UUID;
import jp.kazashi.jpki.statement.VerificationMethod;
import jp.kazashi.jpki.verdict.UntrustedProof;

/**
 * What a terminal recorded while the line was down. Nothing of it is trusted.
 *
 * @param nonce the terminal's own challenge
 * @param madeAt when the terminal made it
 */
public record RecordedVisit(
    UUID nonce,
    Instant madeAt,
    VerificationMethod method,
    Instant confirmedAt,
    UntrustedProof proof,
    Typed typed) {

  /** Whom staff wrote down, to be found again when the card was no good. */
  public record Typed(String name, String birthDate, String sex, String address) {
    /** Names nobody: what is printed may reach a log. */
    @Override
    public String toString() {
      return "Typed";
    }
  }
}
