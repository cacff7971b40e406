package jp.kazashi.gateway.check;

import java.util.Optional;
import jp.kazashi.qualification.coverage.CoverageAnswer;

/** What a coverage answer gives reason to say; nothing when the person is simply covered. */
final class Reasons {
  private Reasons() {}

  static Optional<Reason> of(CoverageAnswer coverage) {
    return switch (coverage) {
      case CoverageAnswer.Covered covered -> Optional.empty();
      case CoverageAnswer.NotYetEffective later ->
          Optional.of(Reason.QUALIFICATION_NOT_YET_EFFECTIVE);
      case CoverageAnswer.Lapsed lapsed -> Optional.of(Reason.QUALIFICATION_LAPSED);
      case CoverageAnswer.Superseded superseded -> Optional.of(Reason.QUALIFICATION_SUPERSEDED);
      case CoverageAnswer.NotLinked unlinked -> Optional.of(Reason.NOT_REGISTERED);
      case CoverageAnswer.Unknown unknown -> Optional.of(Reason.QUALIFICATION_NOT_FOUND);
      case CoverageAnswer.Ambiguous ambiguous -> Optional.of(Reason.QUALIFICATION_AMBIGUOUS);
    };
  }
}
