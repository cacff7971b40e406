package jp.kazashi.qualification.store.reactive;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import jp.kazashi.qualification.audit.AuditChain;
import jp.kazashi.qualification.audit.AuditEntry;
import jp.kazashi.qualification.audit.AuditEpoch;
import jp.kazashi.qualification.audit.AuditReceipt;
import jp.kazashi.qualification.check.CheckRecord;
import jp.kazashi.qualification.consent.ConsentDecision;
import jp.kazashi.qualification.store.Committed;
import jp.kazashi.qualification.store.EpochLost;
import jp.kazashi.qualification.store.Evidence;
import jp.kazashi.qualification.store.Station;
import jp.kazashi.qualification.store.Station.CheckStation;
import jp.kazashi.qualification.store.Station.ConsentStation;
import jp.kazashi.qualification.store.StationEvent;
import jp.kazashi.qualification.store.reactive.Partitions.Partition;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;
import org.hibernate.reactive.pool.ReactiveConnection;
import org.jspecify.annotations.Nullable;

/**
 * Writes stations and their audit entries in one transaction: one statement a table, whatever the
 * number of stations.
 */
final class StationWriter {
  private static final String SPEND =
      """
      insert into spent_challenge (issued_at, challenge_id, check_id)
      select * from unnest($1::timestamptz[], $2::uuid[], $3::uuid[])
      on conflict do nothing returning check_id\
      """;
  private static final String DECIDE =
      """
      insert into consent_ledger (check_id, person_id, institution, granted, decided_at, expires_at)
      select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::timestamptz[],
        $6::timestamptz[])
      on conflict do nothing returning check_id\
      """;
  private static final String CHECK =
      """
      insert into eligibility_check (id, at, institution, terminal, method, reason, person_id, phase,
        certificate_ends_at, offered, snapshot)
      select * from unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::text[], $5::text[],
        $6::text[], $7::uuid[], $8::text[], $9::timestamptz[], $10::text[], $11::bytea[])\
      """;
  private static final String EVIDENCE =
      """
      insert into evidence (digest, content, recorded_at)
      select distinct on (d) d, c, r from unnest($1::bytea[], $2::bytea[], $3::timestamptz[])
        as e(d, c, r) order by d
      on conflict do nothing\
      """;
  private static final String CHECK_EVIDENCE =
      """
      insert into check_evidence (check_id, kind, digest)
      select * from unnest($1::uuid[], $2::text[], $3::bytea[]) on conflict do nothing\
      """;
  private static final String EVENT =
      """
      insert into station_event (institution, at, kind, check_id, body)
      select * from unnest($1::text[], $2::timestamptz[], $3::text[], $4::uuid[], $5::text[])\
      """;
  private static final String AUDIT =
      """
      insert into audit_entry (opened_at, node, epoch, number, previous, hash, at, kind, organisation,
        role, system, certificate, check_id, person_id, outcome, details)
      select $1::timestamptz, $2::text, $3::int, * from unnest($4::bigint[], $5::bytea[], $6::bytea[],
        $7::timestamptz[], $8::text[], $9::text[], $10::text[], $11::text[], $12::bytea[],
        $13::uuid[], $14::uuid[], $15::text[], $16::text[])
      on conflict do nothing returning number\
      """;

  private final Database database;
  private final Partitions partitions;
  private final AuditEpoch epoch;

  StationWriter(Database database, AuditEpoch epoch) {
    this.database = database;
    this.partitions = new Partitions(database);
    this.epoch = epoch;
  }

  /** What became of each station, in their order, and where the chain stands now. */
  record Written(AuditChain chain, List<Committed> outcomes) {}

  Uni<Written> write(AuditChain chain, List<Station> stations) {
    return partitions
        .make(partitionsOf(stations))
        .chain(() -> database.writing(session -> writeAll(session, chain, stations)))
        .onFailure()
        .invoke(partitions::forget);
  }

  private static Set<Partition> partitionsOf(List<Station> stations) {
    Set<Partition> needed = new LinkedHashSet<>();
    for (CheckStation each : only(CheckStation.class, stations)) {
      needed.add(Partition.of("eligibility_check", each.check().at()));
      each.challenge()
          .ifPresent(key -> needed.add(Partition.of("spent_challenge", key.issuedAt())));
    }
    return needed;
  }

  private Uni<Written> writeAll(
      StatelessSession session, AuditChain chain, List<Station> stations) {
    return spend(session, only(CheckStation.class, stations))
        .chain(spent ->
            decide(session, only(ConsentStation.class, stations))
                .map(decided -> new Admitted(spent, decided)))
        .chain(admitted -> writeAdmitted(session, chain, stations, admitted));
  }

  /** The checks whose challenge was fresh, and the checks whose consent was not decided before. */
  private record Admitted(Set<UUID> spent, Set<UUID> decided) {}

  private Uni<Written> writeAdmitted(
      StatelessSession session, AuditChain chain, List<Station> stations, Admitted admitted) {
    List<Committed> outcomes = new ArrayList<>();
    List<Station> written = new ArrayList<>();
    List<AuditEntry> entries = new ArrayList<>();
    Set<UUID> deciding = new HashSet<>(admitted.decided);
    AuditChain head = chain;
    for (Station station : stations) {
      switch (admission(station, admitted.spent, deciding)) {
        case Admission.ADMITTED -> {
          AuditEntry entry = head.next(station.audited());
          AuditReceipt receipt = entry.receipt();
          head = head.after(receipt);
          entries.add(entry);
          written.add(station);
          outcomes.add(new Committed.Done(receipt));
        }
        case Admission.REPLAYED -> outcomes.add(new Committed.Replayed());
        case Admission.DECIDED_BEFORE -> outcomes.add(new Committed.AlreadyConsented());
      }
    }
    Written result = new Written(head, outcomes);
    return insertChecks(session, only(CheckStation.class, written))
        .chain(() -> insertEvents(session, written))
        .chain(() -> insertAudit(session, entries))
        .replaceWith(result);
  }

  private enum Admission {
    ADMITTED,
    REPLAYED,
    DECIDED_BEFORE
  }

  private static Admission admission(Station station, Set<UUID> spent, Set<UUID> deciding) {
    return switch (station) {
      case CheckStation check ->
          check.challenge().isEmpty() || spent.contains(check.check().id().value())
              ? Admission.ADMITTED
              : Admission.REPLAYED;
      // Two decisions for one check in one batch: the first one took the place.
      case ConsentStation consent ->
          deciding.remove(consent.decision().check().value())
              ? Admission.ADMITTED
              : Admission.DECIDED_BEFORE;
      case Station.ReadStation read -> Admission.ADMITTED;
      case Station.RefusedReadStation refused -> Admission.ADMITTED;
      case Station.LookUpStation lookUp -> Admission.ADMITTED;
      case Station.IntakeStation intake -> Admission.ADMITTED;
    };
  }

  private static Uni<Set<UUID>> spend(StatelessSession session, List<CheckStation> checks) {
    List<CheckStation> spending = checks.stream().filter(c -> c.challenge().isPresent()).toList();
    if (spending.isEmpty()) {
      return Uni.createFrom().item(Set.of());
    }
    return Database.select(
            session,
            SPEND,
            times(spending, each -> each.challenge().orElseThrow().issuedAt()),
            ids(spending, each -> each.challenge().orElseThrow().id()),
            ids(spending, each -> each.check().id().value()))
        .map(StationWriter::idsOf);
  }

  private static Uni<Set<UUID>> decide(StatelessSession session, List<ConsentStation> consents) {
    if (consents.isEmpty()) {
      return Uni.createFrom().item(Set.of());
    }
    List<ConsentDecision> decisions = consents.stream().map(ConsentStation::decision).toList();
    return Database.select(
            session,
            DECIDE,
            ids(decisions, each -> each.check().value()),
            ids(decisions, each -> each.person().value()),
            texts(decisions, each -> each.institution().digits()),
            texts(decisions, each -> CategoryWords.write(each.granted())),
            times(decisions, ConsentDecision::decidedAt),
            times(decisions, ConsentDecision::expiresAt))
        .map(StationWriter::idsOf);
  }

  private static Uni<Void> insertChecks(StatelessSession session, List<CheckStation> stations) {
    if (stations.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    List<CheckRecord> checks = stations.stream().map(CheckStation::check).toList();
    return Database.select(
            session,
            CHECK,
            ids(checks, each -> each.id().value()),
            times(checks, CheckRecord::at),
            texts(checks, each -> each.institution().digits()),
            texts(checks, CheckRecord::terminal),
            texts(checks, each -> each.method().name()),
            texts(checks, CheckRecord::reason),
            ids(checks, each -> each.person() == null ? null : each.person().value()),
            texts(checks, CheckRecord::phase),
            times(checks, CheckRecord::certificateEndsAt),
            texts(checks, each -> CategoryWords.write(each.offered())),
            bytes(checks, each -> each.snapshot().bytes()))
        .chain(() -> insertEvidence(session, stations));
  }

  private record Piece(CheckRecord check, Evidence evidence) {}

  private static Uni<Void> insertEvidence(StatelessSession session, List<CheckStation> stations) {
    List<Piece> pieces =
        stations.stream()
            .flatMap(each -> each.evidence().stream().map(one -> new Piece(each.check(), one)))
            .toList();
    if (pieces.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return Database.select(
            session,
            EVIDENCE,
            bytes(pieces, each -> each.evidence().digest().bytes()),
            bytes(pieces, each -> each.evidence().bytes()),
            times(pieces, each -> each.check().at()))
        .chain(() ->
            Database.select(
                session,
                CHECK_EVIDENCE,
                ids(pieces, each -> each.check().id().value()),
                texts(pieces, each -> each.evidence().kind()),
                bytes(pieces, each -> each.evidence().digest().bytes())))
        .replaceWithVoid();
  }

  private static Uni<Void> insertEvents(StatelessSession session, List<Station> stations) {
    List<StationEvent> events = stations.stream().flatMap(each -> each.told().stream()).toList();
    if (events.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return Database.select(
            session,
            EVENT,
            texts(events, each -> each.institution().digits()),
            times(events, StationEvent::at),
            texts(events, StationEvent::kind),
            ids(events, each -> each.check().value()),
            texts(events, StationEvent::json))
        .replaceWithVoid();
  }

  /** A number that is taken was taken by a later start of this node: nothing is written then. */
  private Uni<Void> insertAudit(StatelessSession session, List<AuditEntry> entries) {
    if (entries.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    List<AuditRow> rows =
        entries.stream().map(each -> AuditRow.of(epoch.openedAt(), each, each.hash())).toList();
    return Database.select(
            session,
            AUDIT,
            time(epoch.openedAt()),
            epoch.chain().node().value(),
            epoch.chain().epoch(),
            rows.stream().map(row -> row.number).toArray(Long[]::new),
            bytes(rows, row -> row.previous),
            bytes(rows, row -> row.hash),
            times(rows, row -> row.at),
            texts(rows, row -> row.kind.name()),
            texts(rows, row -> row.organisation),
            texts(rows, row -> row.role),
            texts(rows, row -> row.system),
            bytes(rows, row -> row.certificate),
            ids(rows, row -> row.checkId),
            ids(rows, row -> row.personId),
            texts(rows, row -> row.outcome),
            texts(rows, row -> row.details))
        .invoke(inserted -> {
          if (inserted.size() != entries.size()) {
            throw new EpochLost(epoch.chain());
          }
        })
        .replaceWithVoid();
  }

  private static <S extends Station> List<S> only(Class<S> kind, List<Station> stations) {
    return stations.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private static Set<UUID> idsOf(ReactiveConnection.Result result) {
    Set<UUID> ids = new HashSet<>();
    result.forEachRemaining(row -> ids.add((UUID) row[0]));
    return ids;
  }

  private static <T> Object texts(List<T> rows, Function<T, @Nullable String> column) {
    return column(rows, column, String[]::new);
  }

  private static <T> Object ids(List<T> rows, Function<T, @Nullable UUID> column) {
    return column(rows, column, UUID[]::new);
  }

  private static <T> Object times(List<T> rows, Function<T, @Nullable Instant> column) {
    return column(
        rows,
        row -> {
          Instant at = column.apply(row);
          return at == null ? null : time(at);
        },
        OffsetDateTime[]::new);
  }

  private static <T> Object bytes(List<T> rows, Function<T, byte @Nullable []> column) {
    return column(
        rows,
        row -> {
          byte[] content = column.apply(row);
          return content == null ? null : Buffer.buffer(content);
        },
        Buffer[]::new);
  }

  private static <T, V> Object column(
      List<T> rows, Function<T, @Nullable V> column, IntFunction<@Nullable V[]> array) {
    @Nullable V[] values = array.apply(rows.size());
    for (int i = 0; i < values.length; i++) {
      values[i] = column.apply(rows.get(i));
    }
    return values;
  }

  private static OffsetDateTime time(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }
}
