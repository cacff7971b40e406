package jp.kazashi.qualification.store.reactive;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import jp.kazashi.qualification.audit.AuditReceipt;
import jp.kazashi.qualification.audit.ChainId;
import jp.kazashi.qualification.audit.Digest;
import jp.kazashi.qualification.audit.WrittenEntry;
import jp.kazashi.qualification.person.PersonId;
import jp.kazashi.qualification.store.ReadAccessLog;
import jp.kazashi.qualification.store.ReadAudit;
import org.hibernate.reactive.mutiny.Mutiny;

public final class AuditInDatabase implements ReadAudit, ReadAccessLog {
  private final Database database;

  public AuditInDatabase(Mutiny.SessionFactory sessions) {
    this.database = new Database(sessions);
  }

  @Override
  public Uni<List<ChainId>> chains() {
    return database
        .reading(session ->
            session
                .createSelectionQuery(
                    "from AuditEpochRow e order by e.node, e.epoch", AuditEpochRow.class)
                .getResultList())
        .map(rows -> rows.stream().map(AuditEpochRow::chain).toList());
  }

  @Override
  public Uni<List<WrittenEntry>> after(ChainId chain, long number, int limit) {
    return database
        .reading(session ->
            session
                .createSelectionQuery(
                    """
                    from AuditRow a
                    where a.node = :node and a.epoch = :epoch and a.number > :number
                    order by a.number
                    """,
                    AuditRow.class)
                .setParameter("node", chain.node().value())
                .setParameter("epoch", chain.epoch())
                .setParameter("number", number)
                .setMaxResults(limit)
                .getResultList())
        .map(rows -> rows.stream().map(AuditRow::written).toList());
  }

  @Override
  public Uni<List<AuditReceipt>> closings(ChainId chain) {
    return database
        .reading(session ->
            session
                .createSelectionQuery(
                    "from AuditEpochRow e where e.node = :node and e.epoch = :next",
                    AuditEpochRow.class)
                .setParameter("node", chain.node().value())
                .setParameter("next", chain.epoch() + 1)
                .getResultList())
        .map(rows -> rows.stream().flatMap(row -> closing(chain, row).stream()).toList());
  }

  @Override
  public Uni<List<WrittenEntry>> of(PersonId person, Instant since, int limit) {
    return database
        .reading(session ->
            session
                .createSelectionQuery(
                    """
                    from AuditRow a
                    where a.personId = :person and a.at >= :since
                    order by a.at desc, a.node, a.epoch, a.number desc
                    """,
                    AuditRow.class)
                .setParameter("person", person.value())
                .setParameter("since", since)
                .setMaxResults(limit)
                .getResultList())
        .map(rows -> rows.stream().map(AuditRow::written).toList());
  }

  private static List<AuditReceipt> closing(ChainId chain, AuditEpochRow next) {
    return next.closedNumber == null || next.closedHash == null
        ? List.of()
        : List.of(new AuditReceipt(chain, next.closedNumber, Digest.fromBytes(next.closedHash)));
  }
}
