package jp.kazashi.qualification.store.reactive;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;

@Entity
@IdClass(IntakeLineRow.Key.class)
@Table(name = "intake_line")
class IntakeLineRow {
  record Key(String sender, String batch, String line) implements Serializable {}

  @Id
  @Column(name = "sender")
  String sender;

  @Id
  @Column(name = "batch")
  String batch;

  @Id
  @Column(name = "line")
  String line;

  @Column(name = "digest")
  byte[] digest;

  @Column(name = "taken_at")
  Instant takenAt;
}
