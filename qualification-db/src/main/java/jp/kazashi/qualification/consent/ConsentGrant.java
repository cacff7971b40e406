package jp.kazashi.qualification.consent;

import java.time.Instant;
import jp.kazashi.qualification.check.CheckId;
import jp.kazashi.qualification.institution.InstitutionCode;
import jp.kazashi.qualification.medical.MedicalCategory;
import jp.kazashi.qualification.person.PersonId;

/**
 * A live consent to see one category. Only {@link ConsentLedger} can make one, and only for an
 * instant at which the consent lives; a medical read cannot be asked for without it.
 */
public final class ConsentGrant {
  private final ConsentDecision decision;
  private final MedicalCategory category;

  ConsentGrant(ConsentDecision decision, MedicalCategory category) {
    this.decision = decision;
    this.category = category;
  }

  public MedicalCategory category() {
    return category;
  }

  public InstitutionCode institution() {
    return decision.institution();
  }

  public CheckId check() {
    return decision.check();
  }

  public PersonId person() {
    return decision.person();
  }

  public Instant grantedAt() {
    return decision.decidedAt();
  }

  public Instant expiresAt() {
    return decision.expiresAt();
  }
}
