package jp.kazashi.qualification.store.reactive;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jp.kazashi.qualification.audit.AuditChain;
import jp.kazashi.qualification.audit.AuditEntry;
import jp.kazashi.qualification.audit.AuditEpoch;
import jp.kazashi.qualification.audit.AuditEvent;
import jp.kazashi.qualification.audit.AuditKind;
import jp.kazashi.qualification.audit.AuditVerifier;
import jp.kazashi.qualification.audit.ChainId;
import jp.kazashi.qualification.audit.NodeId;
import jp.kazashi.qualification.store.OpenEpoch;
import jp.kazashi.qualification.store.reactive.Partitions.Partition;
import org.hibernate.reactive.mutiny.Mutiny;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;

/**
 * Opens the epoch of a start. The closing entry takes the next number of the chain before, so that
 * a process which still believes in that chain finds its place taken.
 */
public final class EpochsInDatabase implements OpenEpoch {
  private static final String LOCK =
      "select 1 from pg_advisory_xact_lock(hashtextextended('kazashi epoch ' || $1, 0))";

  private final Database database;
  private final Partitions partitions;

  public EpochsInDatabase(Mutiny.SessionFactory sessions) {
    this.database = new Database(sessions);
    this.partitions = new Partitions(database);
  }

  @Override
  public Uni<AuditEpoch> of(NodeId node, Instant now) {
    Instant at = now.truncatedTo(ChronoUnit.MICROS); // as the database keeps it
    return partitions
        .make(Set.of(Partition.of("audit_entry", at)))
        .chain(() -> database.writing(session -> open(session, node, at)));
  }

  private static Uni<AuditEpoch> open(StatelessSession session, NodeId node, Instant at) {
    return Database.select(session, LOCK, node.value())
        .chain(() -> latest(session, node))
        .chain(before ->
            before.isEmpty()
                ? begin(session, first(node, at), at)
                : close(session, before.getFirst(), at).chain(row -> begin(session, row, at)));
  }

  private static Uni<List<AuditRow>> latest(StatelessSession session, NodeId node) {
    return session
        .createSelectionQuery(
            "from AuditRow a where a.node = :node order by a.epoch desc, a.number desc",
            AuditRow.class)
        .setParameter("node", node.value())
        .setMaxResults(1)
        .getResultList();
  }

  private static AuditEpochRow first(NodeId node, Instant at) {
    AuditEpochRow row = new AuditEpochRow();
    row.node = node.value();
    row.epoch = 1;
    row.openedAt = at;
    return row;
  }

  private static Uni<AuditEpochRow> close(StatelessSession session, AuditRow last, Instant at) {
    AuditChain before = new AuditChain(last.chain(), last.number, last.receipt().hash());
    AuditEntry closing = before.next(event(at, AuditKind.EPOCH_CLOSED, "CLOSED"));
    AuditEpochRow next = new AuditEpochRow();
    next.node = last.node;
    next.epoch = last.epoch + 1;
    next.openedAt = at;
    next.closedNumber = closing.number();
    next.closedHash = closing.hash().bytes();
    return session.insert(AuditRow.of(last.openedAt, closing, closing.hash())).replaceWith(next);
  }

  private static Uni<AuditEpoch> begin(StatelessSession session, AuditEpochRow row, Instant at) {
    ChainId chain = row.chain();
    AuditEntry opening =
        new AuditChain(chain, 0, AuditVerifier.genesis(chain))
            .next(event(at, AuditKind.EPOCH_OPENED, "OPENED"));
    AuditEpoch epoch = new AuditEpoch(chain, at, opening.receipt());
    return session
        .insert(row)
        .chain(() -> session.insert(AuditRow.of(epoch.openedAt(), opening, opening.hash())))
        .replaceWith(epoch);
  }

  private static AuditEvent event(Instant at, AuditKind kind, String outcome) {
    return AuditEvent.of(at, kind, null, null, null, outcome, Map.of());
  }
}
