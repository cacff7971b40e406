package jp.kazashi.qualification.store.reactive;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import jp.kazashi.qualification.audit.AuditChain;
import jp.kazashi.qualification.audit.AuditEntry;
import jp.kazashi.qualification.audit.AuditReceipt;
import jp.kazashi.qualification.check.ChallengeKey;
import jp.kazashi.qualification.check.CheckId;
import jp.kazashi.qualification.check.CheckRecord;
import jp.kazashi.qualification.consent.ConsentDecision;
import jp.kazashi.qualification.store.Committed;
import jp.kazashi.qualification.store.Evidence;
import jp.kazashi.qualification.store.Station;
import jp.kazashi.qualification.store.Station.CheckStation;
import jp.kazashi.qualification.store.Station.ConsentStation;
import jp.kazashi.qualification.store.StationEvent;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;
import org.hibernate.reactive.pool.ReactiveConnection;
import org.jspecify.annotations.Nullable;

/**
 * The stations of one transaction. First the keys that may be used only once are claimed; what
 * loses its key is left out without disturbing the rest; then everything else is written in one
 * statement, each kind of row as one array per column.
 */
final class Batch {
  /** Claims in the order of the keys, so that two nodes never wait for each other in a circle. */
  private static final String CLAIM =
      """
      with spent as (
        insert into spent_challenge (issued_at, challenge_id, check_id)
        select * from unnest($1::timestamptz[], $2::uuid[], $3::uuid[])
        on conflict do nothing
        returning check_id
      ), decided as (
        insert into consent_ledger
          (check_id, person_id, institution, granted, decided_at, expires_at)
        select * from unnest(
          $4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::timestamptz[], $9::timestamptz[])
        on conflict do nothing
        returning check_id
      )
      select 'spent', check_id from spent
      union all
      select 'decided', check_id from decided
      """;

  private static final String WRITE =
      """
      with audited as (
        insert into audit_entry
          (opened_at, node, epoch, number, previous, hash, at, kind, organisation, role, system,
           certificate, check_id, person_id, outcome, details)
        select $1::timestamptz, $2::text, $3::integer, entry.* from unnest(
          $4::bigint[], $5::bytea[], $6::bytea[], $7::timestamptz[], $8::text[], $9::text[],
          $10::text[], $11::text[], $12::bytea[], $13::uuid[], $14::uuid[], $15::text[],
          $16::text[]) as entry
      ), checked as (
        insert into eligibility_check
          (id, at, institution, terminal, method, reason, person_id, phase, certificate_ends_at,
           offered, snapshot)
        select * from unnest(
          $17::uuid[], $18::timestamptz[], $19::text[], $20::text[], $21::text[], $22::text[],
          $23::uuid[], $24::text[], $25::timestamptz[], $26::text[], $27::bytea[])
      ), kept as (
        insert into evidence (digest, content, recorded_at)
        select * from unnest($28::bytea[], $29::bytea[], $30::timestamptz[])
        on conflict do nothing
      )
      insert into check_evidence (check_id, kind, digest)
      select * from unnest($31::uuid[], $32::text[], $33::bytea[])
      on conflict do nothing
      """;

  /**
   * The last thing before the commit. Ids of events are given out under one lock, which the commit
   * releases: so they rise in the order of the commits, and nothing is waited for while it is held.
   */
  private static final String TELL =
      """
      with turn as materialized (
        select pg_advisory_xact_lock(hashtextextended('kazashi events', 0))
      )
      insert into station_event (institution, at, kind, check_id, body)
      select told.*
      from turn, unnest($1::text[], $2::timestamptz[], $3::text[], $4::uuid[], $5::text[]) as told
      """;

  private final Instant openedAt;
  private final List<Station> stations;

  Batch(Instant openedAt, List<Station> stations) {
    this.openedAt = openedAt;
    this.stations = List.copyOf(stations);
  }

  /** What became of each station, in their order, and where the chain stands then. */
  record Outcome(List<Committed> committed, AuditChain chain) {}

  Uni<Outcome> write(StatelessSession session, AuditChain chain) {
    return claim(session)
        .chain(claimed -> {
          List<Committed> committed = new ArrayList<>();
          List<AuditRow> entries = new ArrayList<>();
          List<Station> written = new ArrayList<>();
          AuditChain reached = chain;
          for (int at = 0; at < stations.size(); at++) {
            Station station = stations.get(at);
            @Nullable Committed refused = claimed.refusal(at, station);
            if (refused != null) {
              committed.add(refused);
              continue;
            }
            AuditEntry entry = reached.next(station.audited());
            AuditReceipt receipt = entry.receipt();
            reached = reached.after(receipt);
            entries.add(AuditRow.of(openedAt, entry, receipt.hash()));
            written.add(station);
            committed.add(new Committed.Done(receipt));
          }
          Outcome outcome = new Outcome(committed, reached);
          return entries.isEmpty()
              ? Uni.createFrom().item(outcome)
              : write(session, chain, entries, written).replaceWith(outcome);
        });
  }

  List<Partitions.Partition> partitions() {
    List<Partitions.Partition> needed = new ArrayList<>();
    for (Station station : stations) {
      if (station instanceof CheckStation check) {
        needed.add(Partitions.Partition.of("eligibility_check", check.check().at()));
        check
            .challenge()
            .ifPresent(
                key -> needed.add(Partitions.Partition.of("spent_challenge", key.issuedAt())));
      }
    }
    return needed;
  }

  /**
   * Who claims which key: the first of the batch; every later one has lost it already, whatever the
   * database says.
   */
  private Uni<Claimed> claim(StatelessSession session) {
    Map<ChallengeKey, Claim<CheckId>> challenges =
        new TreeMap<>(Comparator.comparing(ChallengeKey::issuedAt).thenComparing(ChallengeKey::id));
    Map<UUID, Claim<ConsentDecision>> decisions = new TreeMap<>();
    for (int at = 0; at < stations.size(); at++) {
      int ordinal = at;
      switch (stations.get(at)) {
        case CheckStation check ->
            check
                .challenge()
                .ifPresent(
                    key -> challenges.putIfAbsent(key, new Claim<>(ordinal, check.check().id())));
        case ConsentStation consent ->
            decisions.putIfAbsent(
                consent.decision().check().value(), new Claim<>(ordinal, consent.decision()));
        case Station.ReadStation read -> {}
        case Station.RefusedReadStation read -> {}
        case Station.LookUpStation lookUp -> {}
        case Station.IntakeStation intake -> {}
      }
    }
    if (challenges.isEmpty() && decisions.isEmpty()) {
      return Uni.createFrom().item(new Claimed(Set.of()));
    }
    return Database.select(session, CLAIM, claims(challenges, decisions))
        .map(result -> claimed(result, challenges, decisions));
  }

  private record Claim<T>(int ordinal, T value) {}

  /** The ordinals that hold the key they need. */
  private record Claimed(Set<Integer> holders) {
    @Nullable Committed refusal(int ordinal, Station station) {
      return switch (station) {
        case CheckStation check ->
            check.challenge().isEmpty() || holders.contains(ordinal)
                ? null
                : new Committed.Replayed();
        case ConsentStation consent ->
            holders.contains(ordinal) ? null : new Committed.AlreadyConsented();
        case Station.ReadStation read -> null;
        case Station.RefusedReadStation read -> null;
        case Station.LookUpStation lookUp -> null;
        case Station.IntakeStation intake -> null;
      };
    }
  }

  private static Object[] claims(
      Map<ChallengeKey, Claim<CheckId>> challenges, Map<UUID, Claim<ConsentDecision>> decisions) {
    List<Map.Entry<ChallengeKey, Claim<CheckId>>> keys = List.copyOf(challenges.entrySet());
    List<ConsentDecision> decided = decisions.values().stream().map(Claim::value).toList();
    return new Object[] {
      Columns.of(keys, key -> Database.time(key.getKey().issuedAt()), OffsetDateTime[]::new),
      Columns.of(keys, key -> key.getKey().id(), UUID[]::new),
      Columns.of(keys, key -> key.getValue().value().value(), UUID[]::new),
      Columns.of(decided, each -> each.check().value(), UUID[]::new),
      Columns.of(decided, each -> each.person().value(), UUID[]::new),
      Columns.of(decided, each -> each.institution().digits(), String[]::new),
      Columns.of(decided, each -> CategoryWords.write(each.granted()), String[]::new),
      Columns.of(decided, each -> Database.time(each.decidedAt()), OffsetDateTime[]::new),
      Columns.of(decided, each -> Database.time(each.expiresAt()), OffsetDateTime[]::new)
    };
  }

  private static Claimed claimed(
      ReactiveConnection.Result result,
      Map<ChallengeKey, Claim<CheckId>> challenges,
      Map<UUID, Claim<ConsentDecision>> decisions) {
    Set<UUID> spent = new HashSet<>();
    Set<UUID> decided = new HashSet<>();
    while (result.hasNext()) {
      Object[] row = result.next();
      (row[0].equals("spent") ? spent : decided).add((UUID) row[1]);
    }
    Set<Integer> holders = new HashSet<>();
    challenges
        .values()
        .forEach(claim -> {
          if (spent.contains(claim.value().value())) {
            holders.add(claim.ordinal());
          }
        });
    decisions.forEach((check, claim) -> {
      if (decided.contains(check)) {
        holders.add(claim.ordinal());
      }
    });
    return new Claimed(holders);
  }

  private Uni<Void> write(
      StatelessSession session, AuditChain chain, List<AuditRow> entries, List<Station> written) {
    List<Object> parameters = new ArrayList<>();
    parameters.add(Database.time(openedAt));
    parameters.add(chain.id().node().value());
    parameters.add(chain.id().epoch());
    addEntries(parameters, entries);
    addChecks(parameters, written);
    addEvidence(parameters, written);
    return Database.update(session, WRITE, parameters.toArray())
        .chain(() -> tell(session, written));
  }

  private static void addEntries(List<Object> parameters, List<AuditRow> entries) {
    parameters.add(Columns.of(entries, row -> row.number, Long[]::new));
    parameters.add(Columns.of(entries, row -> Buffer.buffer(row.previous), Buffer[]::new));
    parameters.add(Columns.of(entries, row -> Buffer.buffer(row.hash), Buffer[]::new));
    parameters.add(Columns.of(entries, row -> Database.time(row.at), OffsetDateTime[]::new));
    parameters.add(Columns.of(entries, row -> row.kind.name(), String[]::new));
    parameters.add(Columns.of(entries, row -> row.organisation, String[]::new));
    parameters.add(Columns.of(entries, row -> row.role, String[]::new));
    parameters.add(Columns.of(entries, row -> row.system, String[]::new));
    parameters.add(Columns.of(entries, row -> bytes(row.certificate), Buffer[]::new));
    parameters.add(Columns.of(entries, row -> row.checkId, UUID[]::new));
    parameters.add(Columns.of(entries, row -> row.personId, UUID[]::new));
    parameters.add(Columns.of(entries, row -> row.outcome, String[]::new));
    parameters.add(Columns.of(entries, row -> row.details, String[]::new));
  }

  private static void addChecks(List<Object> parameters, List<Station> written) {
    List<CheckRecord> checks = checkStations(written).stream().map(CheckStation::check).toList();
    parameters.add(Columns.of(checks, check -> check.id().value(), UUID[]::new));
    parameters.add(Columns.of(checks, check -> Database.time(check.at()), OffsetDateTime[]::new));
    parameters.add(Columns.of(checks, check -> check.institution().digits(), String[]::new));
    parameters.add(Columns.of(checks, CheckRecord::terminal, String[]::new));
    parameters.add(Columns.of(checks, check -> check.method().name(), String[]::new));
    parameters.add(Columns.of(checks, CheckRecord::reason, String[]::new));
    parameters.add(
        Columns.of(
            checks, check -> check.person() == null ? null : check.person().value(), UUID[]::new));
    parameters.add(Columns.of(checks, CheckRecord::phase, String[]::new));
    parameters.add(
        Columns.of(
            checks,
            check ->
                check.certificateEndsAt() == null ? null : Database.time(check.certificateEndsAt()),
            OffsetDateTime[]::new));
    parameters.add(
        Columns.of(checks, check -> CategoryWords.write(check.offered()), String[]::new));
    parameters.add(
        Columns.of(checks, check -> Buffer.buffer(check.snapshot().bytes()), Buffer[]::new));
  }

  private static void addEvidence(List<Object> parameters, List<Station> written) {
    Map<String, Proof> contents = new TreeMap<>();
    List<Proof> proofs = new ArrayList<>();
    for (CheckStation station : checkStations(written)) {
      for (Evidence each : station.evidence()) {
        Proof proof = new Proof(station.check(), each);
        proofs.add(proof);
        contents.putIfAbsent(each.digest().hex(), proof);
      }
    }
    // By digest, as the keys above: many checks of many nodes rest on the same list or answer.
    List<Proof> kept = List.copyOf(contents.values());
    parameters.add(
        Columns.of(kept, proof -> Database.bytes(proof.evidence.digest()), Buffer[]::new));
    parameters.add(Columns.of(kept, proof -> Buffer.buffer(proof.evidence.bytes()), Buffer[]::new));
    parameters.add(
        Columns.of(kept, proof -> Database.time(proof.check.at()), OffsetDateTime[]::new));
    parameters.add(Columns.of(proofs, proof -> proof.check.id().value(), UUID[]::new));
    parameters.add(Columns.of(proofs, proof -> proof.evidence.kind(), String[]::new));
    parameters.add(
        Columns.of(proofs, proof -> Database.bytes(proof.evidence.digest()), Buffer[]::new));
  }

  private record Proof(CheckRecord check, Evidence evidence) {}

  private static Uni<Void> tell(StatelessSession session, List<Station> written) {
    List<StationEvent> events =
        written.stream().flatMap(station -> station.told().stream()).toList();
    if (events.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return Database.update(
            session,
            TELL,
            Columns.of(events, event -> event.institution().digits(), String[]::new),
            Columns.of(events, event -> Database.time(event.at()), OffsetDateTime[]::new),
            Columns.of(events, StationEvent::kind, String[]::new),
            Columns.of(events, event -> event.check().value(), UUID[]::new),
            Columns.of(events, StationEvent::json, String[]::new))
        .replaceWithVoid();
  }

  private static List<CheckStation> checkStations(List<Station> written) {
    return written.stream()
        .filter(CheckStation.class::isInstance)
        .map(CheckStation.class::cast)
        .toList();
  }

  private static @Nullable Buffer bytes(byte @Nullable [] bytes) {
    return bytes == null ? null : Buffer.buffer(bytes);
  }
}
