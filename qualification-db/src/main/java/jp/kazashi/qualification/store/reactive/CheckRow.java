package jp.kazashi.qualification.store.reactive;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import jp.kazashi.qualification.check.AnswerSnapshot;
import jp.kazashi.qualification.check.CheckId;
import jp.kazashi.qualification.check.CheckRecord;
import jp.kazashi.qualification.check.ConfirmedBy;
import jp.kazashi.qualification.institution.InstitutionCode;
import jp.kazashi.qualification.person.PersonId;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "eligibility_check")
class CheckRow {
  @Id UUID id;

  @Column(name = "at")
  Instant at;

  @Column(name = "institution")
  String institution;

  @Column(name = "terminal")
  String terminal;

  @Column(name = "method")
  @Enumerated(EnumType.STRING)
  ConfirmedBy method;

  @Column(name = "reason")
  @Nullable String reason;

  @Column(name = "person_id")
  @Nullable UUID personId;

  @Column(name = "phase")
  @Nullable String phase;

  @Column(name = "certificate_ends_at")
  @Nullable Instant certificateEndsAt;

  @Column(name = "offered")
  String offered;

  @Column(name = "snapshot")
  byte[] snapshot;

  CheckRecord check() {
    return new CheckRecord(
        new CheckId(id),
        at,
        new InstitutionCode(institution),
        terminal,
        method,
        reason,
        personId == null ? null : new PersonId(personId),
        phase,
        certificateEndsAt,
        CategoryWords.read(offered),
        new AnswerSnapshot(snapshot));
  }
}
