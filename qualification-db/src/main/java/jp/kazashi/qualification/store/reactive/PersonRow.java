package jp.kazashi.qualification.store.reactive;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import jp.kazashi.qualification.coverage.Qualification;
import jp.kazashi.qualification.person.Person;
import jp.kazashi.qualification.person.PersonCode;
import jp.kazashi.qualification.person.PersonId;

@Entity
@Table(name = "person")
class PersonRow {
  @Id UUID id;

  @Column(name = "code")
  String code;

  @Column(name = "undisclosed")
  boolean undisclosed;

  @Column(name = "provision_barred")
  boolean provisionBarred;

  @Column(name = "recorded_at")
  Instant recordedAt;

  static PersonRow of(Person person, Instant recordedAt) {
    PersonRow row = new PersonRow();
    row.id = person.id().value();
    row.code = person.code().value();
    row.undisclosed = person.undisclosed();
    row.provisionBarred = person.provisionBarred();
    row.recordedAt = recordedAt;
    return row;
  }

  /** A flag holds as long as any payer is known to say so. */
  Person person(List<Qualification> known) {
    return new Person(
        new PersonId(id),
        new PersonCode(code),
        undisclosed || known.stream().anyMatch(each -> each.particulars().undisclosed()),
        provisionBarred || known.stream().anyMatch(each -> each.particulars().provisionBarred()));
  }
}
