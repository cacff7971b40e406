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
  /** What a question by hand asks for, as {@link #read} takes it. */
  static final String COLUMNS = "p.id, p.code, p.undisclosed, p.provision_barred";

  /** How many they are. */
  static final int WIDTH = 4;

  @Id UUID id;

  @Column(name = "code")
  String code;

  @Column(name = "undisclosed")
  boolean undisclosed;

  @Column(name = "provision_barred")
  boolean provisionBarred;

  @Column(name = "recorded_at")
  Instant recordedAt;

  /** With what {@link #COLUMNS} asked for, and nothing else. */
  static PersonRow read(Cells cells) {
    PersonRow row = new PersonRow();
    row.id = cells.uuid(0);
    row.code = cells.text(1);
    row.undisclosed = cells.truth(2);
    row.provisionBarred = cells.truth(3);
    return row;
  }

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
    boolean hidden = undisclosed;
    boolean barred = provisionBarred;
    for (Qualification each : known) {
      hidden |= each.particulars().undisclosed();
      barred |= each.particulars().provisionBarred();
    }
    return new Person(new PersonId(id), new PersonCode(code), hidden, barred);
  }
}
