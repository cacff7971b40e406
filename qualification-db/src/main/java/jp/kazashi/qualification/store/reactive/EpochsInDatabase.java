package jp.kazashi.qualification.store.reactive;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.kazashi.qualification.audit.AuditChain;
import jp.kazashi.qualification.audit.AuditEntry;
import jp.kazashi.qualification.audit.AuditEpoch;
import jp.kazashi.qualification.audit.AuditEvent;
import jp.kazashi.qualification.audit.AuditKind;
import jp.kazashi.qualification.audit.AuditReceipt;
import jp.kazashi.qualification.audit.ChainId;
import jp.kazashi.qualification.audit.NodeId;
import jp.kazashi.qualification.store.OpenEpoch;
import org.hibernate.reactive.mutiny.Mutiny;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;
import org.jspecify.annotations.Nullable;

/**
 * Opens a chain by closing the one before. The closing entry takes the very number that the earlier
 * process would have to write next, so that from then on the database refuses it; if that process
 * is writing at this moment, the two meet on that number and this one tries again behind it.
 */
public final class EpochsInDatabase implements OpenEpoch {
  private static final int TRIES = 50;

  private final Database database;
  private final Partitions partitions;

  public EpochsInDatabase(Mutiny.SessionFactory sessions) {
    this.database = new Database(sessions);
    this.partitions = new Partitions(database);
  }

  @Override
  public Uni<AuditEpoch> of(NodeId node, Instant at) {
    Instant openedAt = at.truncatedTo(ChronoUnit.MICROS);
    return partitions
        .make(List.of(Partitions.Partition.of("audit_entry", openedAt)))
        .chain(() -> database.writing(session -> open(session, node, openedAt)))
        .onFailure(SqlFailure::isUniqueViolation)
        .retry()
        .atMost(TRIES);
  }

  @Override
  public Uni<Boolean> isNewest(ChainId chain) {
    return database
        .rows(
            row -> row.truth(0),
            "select not exists (select from audit_epoch where node = $1 and epoch > $2)",
            chain.node().value(),
            chain.epoch())
        .map(List::getFirst);
  }

  private static Uni<AuditEpoch> open(StatelessSession session, NodeId node, Instant at) {
    return newest(session, node)
        .chain(newest ->
            newest.isEmpty()
                ? begin(session, new ChainId(node, 1), at, null)
                : close(session, newest.get(), at)
                    .chain(closing ->
                        begin(session, new ChainId(node, newest.get().epoch + 1), at, closing)));
  }

  private static Uni<Optional<AuditEpochRow>> newest(StatelessSession session, NodeId node) {
    return session
        .createSelectionQuery(
            "from AuditEpochRow e where e.node = :node order by e.epoch desc", AuditEpochRow.class)
        .setParameter("node", node.value())
        .setMaxResults(1)
        .getResultList()
        .map(rows -> rows.stream().findFirst());
  }

  private static Uni<AuditReceipt> close(
      StatelessSession session, AuditEpochRow earlier, Instant at) {
    return ChainHead.read(session, earlier.chain(), earlier.openedAt)
        .chain(head -> {
          AuditEvent closed =
              AuditEvent.of(
                  at,
                  AuditKind.EPOCH_CLOSED,
                  null,
                  null,
                  null,
                  "CLOSED",
                  Map.of("entries", Long.toString(head.chain().lastNumber())));
          AuditEntry entry = head.chain().next(closed);
          AuditReceipt receipt = entry.receipt();
          return session
              .insert(AuditRow.of(earlier.openedAt, entry, receipt.hash()))
              .replaceWith(receipt);
        });
  }

  private static Uni<AuditEpoch> begin(
      StatelessSession session, ChainId chain, Instant at, @Nullable AuditReceipt closing) {
    Map<String, String> follows =
        closing == null
            ? Map.of()
            : Map.of(
                "follows", closing.chain().toString(),
                "number", Long.toString(closing.number()),
                "hash", closing.hash().hex());
    AuditEvent opened =
        AuditEvent.of(at, AuditKind.EPOCH_OPENED, null, null, null, "OPENED", follows);
    AuditEntry entry = AuditChain.empty(chain).next(opened);
    AuditReceipt opening = entry.receipt();
    AuditEpochRow epoch = new AuditEpochRow();
    epoch.node = chain.node().value();
    epoch.epoch = chain.epoch();
    epoch.openedAt = at;
    if (closing != null) {
      epoch.closedNumber = closing.number();
      epoch.closedHash = closing.hash().bytes();
    }
    return session
        .insert(epoch)
        .chain(() -> session.insert(AuditRow.of(at, entry, opening.hash())))
        .replaceWith(new AuditEpoch(chain, at, opening));
  }
}
