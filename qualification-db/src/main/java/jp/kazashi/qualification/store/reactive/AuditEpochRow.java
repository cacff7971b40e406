package jp.kazashi.qualification.store.reactive;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import jp.kazashi.qualification.audit.ChainId;
import jp.kazashi.qualification.audit.NodeId;
import org.jspecify.annotations.Nullable;

@Entity
@IdClass(AuditEpochRow.Key.class)
@Table(name = "audit_epoch")
class AuditEpochRow {
  record Key(String node, int epoch) implements Serializable {}

  @Id
  @Column(name = "node")
  String node;

  @Id
  @Column(name = "epoch")
  int epoch;

  @Column(name = "opened_at")
  Instant openedAt;

  /** Number and hash of the entry that closed the chain before. */
  @Column(name = "closed_number")
  @Nullable Long closedNumber;

  @Column(name = "closed_hash")
  byte @Nullable [] closedHash;

  ChainId chain() {
    return new ChainId(new NodeId(node), epoch);
  }
}
