package jp.kazashi.jpki.revocation;

import java.time.Instant;
import java.util.Optional;
import jp.kazashi.jpki.revocation.OcspResponse.Reading;
import jp.kazashi.jpki.revocation.OcspResponse.Single;
import jp.kazashi.jpki.revocation.RevocationEvidence.OcspAnswer;

/** How long an answer says it lives: for those who keep it, not for deciding. */
public final class AnswerLife {
  private AnswerLife() {}

  /** The earliest nextUpdate in it; empty when it names none, or cannot be read. */
  public static Optional<Instant> nextUpdate(OcspAnswer answer) {
    return switch (OcspResponse.read(answer.body())) {
      case Reading.Basic(OcspResponse response) ->
          response.singles().stream()
              .map(Single::nextUpdate)
              .flatMap(Optional::stream)
              .min(Instant::compareTo);
      case Reading.Malformed(), Reading.NotSuccessful() -> Optional.empty();
    };
  }
}
