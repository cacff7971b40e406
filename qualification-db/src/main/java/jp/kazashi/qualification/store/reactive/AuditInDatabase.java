package jp.kazashi.qualification.store.reactive;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.kazashi.qualification.audit.AuditEntry;
import jp.kazashi.qualification.audit.AuditEvent;
import jp.kazashi.qualification.audit.AuditKind;
import jp.kazashi.qualification.audit.AuditReceipt;
import jp.kazashi.qualification.audit.ChainId;
import jp.kazashi.qualification.audit.Digest;
import jp.kazashi.qualification.audit.NodeId;
import jp.kazashi.qualification.audit.WrittenEntry;
import jp.kazashi.qualification.check.CheckId;
import jp.kazashi.qualification.institution.InstitutionCode;
import jp.kazashi.qualification.institution.ReferenceNumber;
import jp.kazashi.qualification.person.PersonId;
import jp.kazashi.qualification.store.ReadAccessLog;
import jp.kazashi.qualification.store.ReadAudit;
import jp.kazashi.qualification.store.ReadLooks;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

public final class AuditInDatabase implements ReadAudit, ReadAccessLog, ReadLooks {
  private static final String ENTRY =
      "number, previous, hash, at, kind, organisation, role, system, certificate, check_id,"
          + " person_id, outcome, details";

  private static final int CELLS_OF_ENTRY = 13;

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
    return database.rows(
        row -> written(chain, row),
        // The opening names the partition, and lets the key give the order.
        """
        select %s
        from audit_entry
        where opened_at = (select e.opened_at from audit_epoch e where e.node = $1 and e.epoch = $2)
          and node = $1 and epoch = $2 and number > $3
        order by number limit $4
        """
            .formatted(ENTRY),
        chain.node().value(),
        chain.epoch(),
        number,
        limit);
  }

  private static WrittenEntry written(ChainId chain, Cells row) {
    try {
      AuditRow read = new AuditRow();
      read.node = chain.node().value();
      read.epoch = chain.epoch();
      read.number = row.count(0);
      read.previous = row.bytes(1);
      read.hash = row.bytes(2);
      read.at = row.instant(3);
      read.kind = AuditKind.valueOf(row.text(4));
      read.organisation = row.textOrNull(5);
      read.role = row.textOrNull(6);
      read.system = row.textOrNull(7);
      read.certificate = row.bytesOrNull(8);
      read.checkId = row.uuidOrNull(9);
      read.personId = row.uuidOrNull(10);
      read.outcome = row.text(11);
      read.details = row.text(12);
      return read.written();
    } catch (IllegalArgumentException | ClassCastException | DecodeException edited) {
      Digest nothing = Digest.of(new byte[0]);
      AuditEvent unreadable =
          AuditEvent.of(
              Instant.EPOCH, AuditKind.EPOCH_OPENED, null, null, null, "UNREADABLE", Map.of());
      return new WrittenEntry(new AuditEntry(chain, row.count(0), nothing, unreadable), nothing);
    }
  }

  @Override
  public Uni<List<Stray>> strays() {
    return database.rows(
        row -> new Stray(new ChainId(new NodeId(row.text(0)), row.whole(1)), row.count(2)),
        """
        select a.node, a.epoch, min(a.number) from audit_entry a
        where not exists (
          select from audit_epoch e
          where e.node = a.node and e.epoch = a.epoch and e.opened_at = a.opened_at)
        group by a.node, a.epoch
        """);
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

  @Override
  public Uni<List<Look>> of(InstitutionCode institution, Asked asked, int limit) {
    List<Object> parameters =
        new ArrayList<>(
            List.of(
                institution.digits(),
                Database.time(asked.from()),
                Database.time(asked.before()),
                limit));
    String sql = looks(asked, parameters);
    return database.rows(AuditInDatabase::look, sql, parameters.toArray());
  }

  /**
   * The kinds are written out as the index has them, so that it is found to hold them all (V22).
   * What stands beside an entry is looked up for those of the page alone.
   */
  static String looks(Asked asked, List<Object> parameters) {
    StringBuilder narrowed = new StringBuilder();
    asked
        .kind()
        .ifPresent(kind -> narrowed.append(" and kind = ").append(next(kind.name(), parameters)));
    asked
        .staff()
        .ifPresent(staff ->
            narrowed
                .append(" and (details::jsonb ->> 'staff') = ")
                .append(next(staff.toString(), parameters)));
    asked
        .olderThan()
        .ifPresent(place ->
            narrowed
                .append(" and (at, node, epoch, number) < (")
                .append(next(Database.time(place.at()), parameters))
                .append(", ")
                .append(next(place.chain().node().value(), parameters))
                .append(", ")
                .append(next(place.chain().epoch(), parameters))
                .append(", ")
                .append(next(place.number(), parameters))
                .append(")"));
    return """
    with page as materialized (
      select node, epoch, %s
      from audit_entry
      where organisation = $1 and role in ('READER', 'RECEIPT', 'VIEWER')
        and at >= $2 and at < $3
        and kind in ('CHECK_READ', 'GRANTS_SEARCH', 'LOOK_UP', 'READ', 'VISUAL_PASS')%s
      order by at desc, node desc, epoch desc, number desc
      limit $4)
    select page.*,
      (select json_agg(r.number order by r.number)::text from reference_number r
        where r.institution = $1 and r.person_id = page.person_id),
      (select s.check_id from spent_pass s
        where page.kind = 'VISUAL_PASS' and s.pass_id = (page.details::jsonb ->> 'pass')::uuid)
    from page
    order by at desc, node desc, epoch desc, number desc
    """
        .formatted(ENTRY, narrowed);
  }

  private static String next(Object value, List<Object> parameters) {
    parameters.add(value);
    return "$" + parameters.size();
  }

  private static Look look(Cells row) {
    Cells entry = row.from(2);
    Cells beside = entry.from(CELLS_OF_ENTRY);
    return new Look(
        written(new ChainId(new NodeId(row.text(0)), row.whole(1)), entry),
        numbers(beside.textOrNull(0)),
        Optional.ofNullable(beside.uuidOrNull(1)).map(CheckId::new));
  }

  private static List<ReferenceNumber> numbers(@Nullable String json) {
    return json == null
        ? List.of()
        : new JsonArray(json).stream().map(each -> new ReferenceNumber((String) each)).toList();
  }

  private static List<AuditReceipt> closing(ChainId chain, AuditEpochRow next) {
    return next.closedNumber == null || next.closedHash == null
        ? List.of()
        : List.of(new AuditReceipt(chain, next.closedNumber, Digest.fromBytes(next.closedHash)));
  }
}
