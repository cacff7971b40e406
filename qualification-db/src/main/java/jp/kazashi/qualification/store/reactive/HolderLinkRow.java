package jp.kazashi.qualification.store.reactive;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import jp.kazashi.qualification.holder.HolderLink;
import jp.kazashi.qualification.holder.Registration;
import jp.kazashi.qualification.person.PersonId;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "holder_link")
class HolderLinkRow {
  @Id String opaque;

  @Column(name = "person_id")
  UUID personId;

  @Column(name = "registered_at")
  Instant registeredAt;

  @Column(name = "ended_at")
  @Nullable Instant endedAt;

  @Column(name = "predecessor")
  @Nullable String predecessor;

  static HolderLinkRow of(Registration registration) {
    HolderLinkRow row = new HolderLinkRow();
    row.opaque = registration.link().opaque();
    row.personId = registration.person().value();
    row.registeredAt = registration.registeredAt();
    row.endedAt = registration.endedAt();
    row.predecessor =
        registration.predecessor() == null ? null : registration.predecessor().opaque();
    return row;
  }

  Registration registration() {
    return new Registration(
        new HolderLink(opaque),
        new PersonId(personId),
        registeredAt,
        endedAt,
        predecessor == null ? null : new HolderLink(predecessor));
  }
}
