package jp.kazashi.gateway.check;

import java.time.LocalDate;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import jp.kazashi.jpki.holder.CertificatePhase;
import jp.kazashi.qualification.coverage.CoverageAnswer;
import jp.kazashi.qualification.medical.MedicalCategory;

/** Which consents may be asked for at all. */
final class Offer {
  private static final int CHECKUP_AGE = 40;

  private Offer() {}

  static Set<MedicalCategory> of(CertificatePhase phase, CoverageAnswer coverage, LocalDate today) {
    return switch (coverage) {
      case CoverageAnswer.Covered covered when allows(phase) ->
          categories(covered.current().insured().birthDate(), today);
      case CoverageAnswer.Covered covered -> Set.of();
      case CoverageAnswer.NotYetEffective later -> Set.of();
      case CoverageAnswer.Lapsed lapsed -> Set.of();
      case CoverageAnswer.Superseded superseded -> Set.of();
      case CoverageAnswer.NotLinked unlinked -> Set.of();
      case CoverageAnswer.Unknown unknown -> Set.of();
      case CoverageAnswer.Ambiguous ambiguous -> Set.of();
    };
  }

  /** AC-04: past the certificate's end there is eligibility only. */
  private static boolean allows(CertificatePhase phase) {
    return switch (phase) {
      case NORMAL, EXPIRING_SOON -> true;
      case GRACE, ENDED -> false;
    };
  }

  private static Set<MedicalCategory> categories(LocalDate birthDate, LocalDate today) {
    Set<MedicalCategory> categories = EnumSet.allOf(MedicalCategory.class);
    if (birthDate.plusYears(CHECKUP_AGE).isAfter(today)) {
      categories.remove(MedicalCategory.CHECKUP);
    }
    return Collections.unmodifiableSet(categories);
  }
}
