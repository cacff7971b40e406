package jp.kazashi.qualification.store.reactive;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import jp.kazashi.qualification.check.CheckId;
import jp.kazashi.qualification.consent.ConsentDecision;
import jp.kazashi.qualification.institution.InstitutionCode;
import jp.kazashi.qualification.person.PersonId;

@Entity
@Table(name = "consent_ledger")
class ConsentRow {
  @Id
  @Column(name = "check_id")
  UUID checkId;

  @Column(name = "person_id")
  UUID personId;

  @Column(name = "institution")
  String institution;

  @Column(name = "granted")
  String granted;

  @Column(name = "decided_at")
  Instant decidedAt;

  @Column(name = "expires_at")
  Instant expiresAt;

  ConsentDecision decision() {
    return new ConsentDecision(
        new CheckId(checkId),
        new PersonId(personId),
        new InstitutionCode(institution),
        CategoryWords.read(granted),
        decidedAt,
        expiresAt);
  }
}
