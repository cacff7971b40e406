package jp.kazashi.qualification.store.reactive;

import io.vertx.core.json.JsonObject;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import jp.kazashi.qualification.audit.AuditEntry;
import jp.kazashi.qualification.audit.AuditEvent;
import jp.kazashi.qualification.audit.AuditKind;
import jp.kazashi.qualification.audit.AuditReceipt;
import jp.kazashi.qualification.audit.ChainId;
import jp.kazashi.qualification.audit.Digest;
import jp.kazashi.qualification.audit.NodeId;
import jp.kazashi.qualification.audit.WrittenEntry;
import jp.kazashi.qualification.check.CheckId;
import jp.kazashi.qualification.institution.Actor;
import jp.kazashi.qualification.person.PersonId;
import org.jspecify.annotations.Nullable;

@Entity
@IdClass(AuditPlace.class)
@Table(name = "audit_entry")
class AuditRow {
  @Id
  @Column(name = "opened_at")
  Instant openedAt;

  @Id
  @Column(name = "node")
  String node;

  @Id
  @Column(name = "epoch")
  int epoch;

  @Id
  @Column(name = "number")
  long number;

  @Column(name = "previous")
  byte[] previous;

  @Column(name = "hash")
  byte[] hash;

  @Column(name = "at")
  Instant at;

  @Column(name = "kind")
  @Enumerated(EnumType.STRING)
  AuditKind kind;

  @Column(name = "organisation")
  @Nullable String organisation;

  @Column(name = "role")
  @Nullable String role;

  @Column(name = "system")
  @Nullable String system;

  @Column(name = "certificate")
  byte @Nullable [] certificate;

  @Column(name = "check_id")
  @Nullable UUID checkId;

  @Column(name = "person_id")
  @Nullable UUID personId;

  @Column(name = "outcome")
  String outcome;

  @Column(name = "details")
  String details;

  static AuditRow of(Instant openedAt, AuditEntry entry, Digest hash) {
    AuditEvent event = entry.event();
    AuditRow row = new AuditRow();
    row.openedAt = openedAt;
    row.node = entry.chain().node().value();
    row.epoch = entry.chain().epoch();
    row.number = entry.number();
    row.previous = entry.previous().bytes();
    row.hash = hash.bytes();
    row.at = event.at();
    row.kind = event.kind();
    row.actor(event.actor());
    row.checkId = event.check() == null ? null : event.check().value();
    row.personId = event.person() == null ? null : event.person().value();
    row.outcome = event.outcome();
    row.details = written(event.details());
    return row;
  }

  static String written(SortedMap<String, String> details) {
    JsonObject json = new JsonObject();
    details.forEach(json::put);
    return json.encode();
  }

  ChainId chain() {
    return new ChainId(new NodeId(node), epoch);
  }

  AuditReceipt receipt() {
    return new AuditReceipt(chain(), number, Digest.fromBytes(hash));
  }

  WrittenEntry written() {
    AuditEvent event =
        new AuditEvent(
            at,
            kind,
            actor(),
            checkId == null ? null : new CheckId(checkId),
            personId == null ? null : new PersonId(personId),
            outcome,
            read(details));
    return new WrittenEntry(
        new AuditEntry(chain(), number, Digest.fromBytes(previous), event), Digest.fromBytes(hash));
  }

  private void actor(@Nullable Actor actor) {
    if (actor != null) {
      organisation = actor.organisation();
      role = actor.role();
      system = actor.system();
      certificate = actor.certificate().bytes();
    }
  }

  private @Nullable Actor actor() {
    return organisation == null || role == null || system == null || certificate == null
        ? null
        : new Actor(organisation, role, system, Digest.fromBytes(certificate));
  }

  private static SortedMap<String, String> read(String details) {
    SortedMap<String, String> read = new TreeMap<>();
    for (Map.Entry<String, Object> each : new JsonObject(details)) {
      read.put(each.getKey(), (String) each.getValue());
    }
    return read;
  }
}
