package jp.kazashi.qualification.consent;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import jp.kazashi.qualification.check.CheckId;
import jp.kazashi.qualification.institution.InstitutionCode;
import jp.kazashi.qualification.medical.MedicalCategory;
import jp.kazashi.qualification.person.PersonId;

/** What one patient decided at one institution in one visit; granting nothing is a decision too. */
public record ConsentDecision(
    CheckId check,
    PersonId person,
    InstitutionCode institution,
    Set<MedicalCategory> granted,
    Instant decidedAt,
    Instant expiresAt) {
  /** F-50: a viewing consent is valid for 24 hours. */
  public static final Duration LONGEST = Duration.ofHours(24);

  public ConsentDecision {
    granted = Set.copyOf(granted);
    decidedAt = decidedAt.truncatedTo(ChronoUnit.MICROS);
    expiresAt = expiresAt.truncatedTo(ChronoUnit.MICROS);
    if (expiresAt.isBefore(decidedAt) || expiresAt.isAfter(decidedAt.plus(LONGEST))) {
      throw new IllegalArgumentException("A consent ends within 24 hours of the decision");
    }
  }

  /**
   * A consent ends after 24 hours, or with the certificate that proved the holder if that is
   * earlier.
   */
  public static ConsentDecision made(
      CheckId check,
      PersonId person,
      InstitutionCode institution,
      Set<MedicalCategory> granted,
      Instant at,
      Instant certificateEndsAt) {
    Instant latest = at.plus(LONGEST);
    Instant end = certificateEndsAt.isBefore(latest) ? certificateEndsAt : latest;
    return new ConsentDecision(
        check, person, institution, granted, at, end.isBefore(at) ? at : end);
  }
}
