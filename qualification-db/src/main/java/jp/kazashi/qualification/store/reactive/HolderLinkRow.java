package jp.kazashi.qualification.store.reactive;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
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
}
