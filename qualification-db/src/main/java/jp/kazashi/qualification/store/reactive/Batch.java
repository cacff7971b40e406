package jp.kazashi.qualification.store.reactive;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import jp.kazashi.qualification.audit.AuditChain;
import jp.kazashi.qualification.audit.AuditEntry;
import jp.kazashi.qualification.audit.AuditReceipt;
import jp.kazashi.qualification.check.ChallengeKey;
import jp.kazashi.qualification.check.CheckRecord;
import jp.kazashi.qualification.consent.ConsentDecision;
import jp.kazashi.qualification.holder.Registration;
import jp.kazashi.qualification.store.Committed;
import jp.kazashi.qualification.store.Deed;
import jp.kazashi.qualification.store.Evidence;
import jp.kazashi.qualification.store.KeepAnswers;
import jp.kazashi.qualification.store.KeptUnder;
import jp.kazashi.qualification.store.Station;
import jp.kazashi.qualification.store.Station.CheckStation;
import jp.kazashi.qualification.store.Station.ConsentStation;
import jp.kazashi.qualification.store.Station.ReconciledStation;
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
      with asked as materialized (
        select * from unnest(
          $1::timestamptz[], $2::uuid[], $3::uuid[], $10::uuid[], $11::bytea[], $12::text[],
          $13::timestamptz[])
          as each (issued_at, challenge_id, check_id, pass_id, certificate, key, key_ended_by)
      ), forgotten as (
        delete from idempotency i using asked
        where i.certificate = asked.certificate and i.key = asked.key
          and i.kept_at <= asked.key_ended_by
      ), replayed as materialized (
        select check_id from asked
        where exists (
          select from spent_challenge s
          where s.issued_at = asked.issued_at and s.challenge_id = asked.challenge_id)
        or exists (
          select from idempotency i
          where i.certificate = asked.certificate and i.key = asked.key
            and i.kept_at > asked.key_ended_by)
      ), passed as (
        insert into spent_pass (pass_id, check_id)
        select pass_id, check_id from asked
        where pass_id is not null and check_id not in (select check_id from replayed)
        on conflict do nothing
        returning check_id
      ), spent as (
        insert into spent_challenge (issued_at, challenge_id, check_id)
        select issued_at, challenge_id, check_id from asked
        where check_id not in (select check_id from replayed)
          and (pass_id is null or check_id in (select check_id from passed))
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
      union all
      select 'unpassed', check_id from asked
      where pass_id is not null
        and check_id not in (select check_id from replayed)
        and check_id not in (select check_id from passed)
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
      ), proved as (
        insert into check_evidence (check_id, kind, digest)
        select * from unnest($31::uuid[], $32::text[], $33::bytea[])
        on conflict do nothing
      )
      insert into idempotency (certificate, key, request, status, answer, kept_at)
      select * from unnest(
        $34::bytea[], $35::text[], $36::bytea[], $37::integer[], $38::bytea[], $39::timestamptz[])
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
            @Nullable Committed refused = claimed.refusal(at);
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
      checkOf(station)
          .ifPresent(check -> {
            needed.add(Partitions.Partition.of("eligibility_check", check.check().at()));
            check
                .challenge()
                .ifPresent(
                    key -> needed.add(Partitions.Partition.of("spent_challenge", key.issuedAt())));
          });
    }
    return needed;
  }

  /**
   * Who claims which key: the first of the batch; every later one has lost it already, whatever the
   * database says.
   */
  private Uni<Claimed> claim(StatelessSession session) {
    Map<Integer, Committed> refused = new HashMap<>();
    Map<ChallengeKey, Integer> challenges =
        new TreeMap<>(Comparator.comparing(ChallengeKey::issuedAt).thenComparing(ChallengeKey::id));
    Set<UUID> passes = new HashSet<>();
    Set<String> keys = new HashSet<>();
    Map<UUID, Integer> decisions = new TreeMap<>();
    List<Integer> deeds = new ArrayList<>();
    List<Integer> links = new ArrayList<>();
    List<Integer> records = new ArrayList<>();
    for (int at = 0; at < stations.size(); at++) {
      int ordinal = at;
      switch (stations.get(at)) {
        case CheckStation check -> {
          if (check.challenge().filter(challenges::containsKey).isPresent()
              || check.kept().map(Batch::nameOf).filter(keys::contains).isPresent()) {
            refused.put(ordinal, new Committed.Replayed());
          } else if (check.pass().filter(passes::contains).isPresent()) {
            refused.put(ordinal, new Committed.PassSpent());
          } else {
            check.challenge().ifPresent(key -> challenges.put(key, ordinal));
            check.pass().ifPresent(passes::add);
            check.kept().map(Batch::nameOf).ifPresent(keys::add);
            if (check.linking().isPresent()) {
              links.add(ordinal);
            }
          }
        }
        case ConsentStation consent -> {
          if (decisions.putIfAbsent(consent.decision().check().value(), ordinal) != null) {
            refused.put(ordinal, new Committed.AlreadyConsented());
          }
        }
        case ReconciledStation record -> {
          records.add(ordinal);
          Optional<ChallengeKey> key = record.check().flatMap(CheckStation::challenge);
          if (key.filter(challenges::containsKey).isPresent()) {
            refused.put(ordinal, new Committed.Replayed());
          } else {
            key.ifPresent(each -> challenges.put(each, ordinal));
          }
        }
        case Station.DeskStation desk -> deeds.add(ordinal);
        case Station.ReadStation read -> {}
        case Station.RefusedReadStation read -> {}
        case Station.LookUpStation lookUp -> {}
        case Station.IntakeStation intake -> {}
      }
    }
    Claimed claimed = new Claimed(refused);
    Uni<Claimed> claims =
        challenges.isEmpty() && decisions.isEmpty()
            ? Uni.createFrom().item(claimed)
            : Database.select(session, CLAIM, claims(challenges, decisions))
                .map(result -> claimed.and(result, challenges.values(), decisions.values()));
    for (int ordinal : links) {
      claims = claims.call(() -> link(session, ordinal, refused));
    }
    for (int ordinal : records) {
      claims = claims.call(() -> keep(session, ordinal, refused));
    }
    for (int ordinal : deeds) {
      claims =
          claims.call(() ->
              perform(session, (Station.DeskStation) stations.get(ordinal), ordinal, refused));
    }
    return claims;
  }

  /** Once in the life of a certificate: done one by one. */
  private Uni<Void> link(StatelessSession session, int ordinal, Map<Integer, Committed> refused) {
    if (refused.containsKey(ordinal)) {
      return Uni.createFrom().voidItem();
    }
    Registration made = check(ordinal).linking().orElseThrow().registration();
    return Database.update(
            session, RegistrationsInDatabase.BEGIN, RegistrationsInDatabase.begun(made))
        .invoke(changed -> {
          if (changed == 0) {
            refused.put(ordinal, new Committed.Overtaken());
          }
        })
        .replaceWithVoid();
  }

  /** Records of lines that were down are few too; whose number is taken changes nothing. */
  private Uni<Void> keep(StatelessSession session, int ordinal, Map<Integer, Committed> refused) {
    if (refused.containsKey(ordinal)) {
      return Uni.createFrom().voidItem();
    }
    ReconciledStation record = (ReconciledStation) stations.get(ordinal);
    return ReconciliationsInDatabase.insert(session, record.reconciliation())
        .invoke(first -> {
          if (!first) {
            refused.put(ordinal, new Committed.Overtaken());
          }
        })
        .replaceWithVoid();
  }

  /** Desks are few: their deeds are done one by one. */
  private static Uni<Void> perform(
      StatelessSession session,
      Station.DeskStation desk,
      int ordinal,
      Map<Integer, Committed> refused) {
    Uni<Void> done = Uni.createFrom().voidItem();
    for (Deed deed : desk.deeds()) {
      Change change = Change.of(deed);
      done =
          done.chain(() ->
              refused.containsKey(ordinal)
                  ? Uni.createFrom().voidItem()
                  : Database.update(session, change.sql, change.parameters())
                      .invoke(changed -> {
                        if (changed == 0 && deed.mustChange()) {
                          refused.put(ordinal, new Committed.Overtaken());
                        }
                      })
                      .replaceWithVoid());
    }
    return done;
  }

  /** The stations that are not written, and why. */
  private final class Claimed {
    private final Map<Integer, Committed> refused;

    Claimed(Map<Integer, Committed> refused) {
      this.refused = refused;
    }

    @Nullable Committed refusal(int ordinal) {
      return refused.get(ordinal);
    }

    Claimed and(
        ReactiveConnection.Result result,
        Collection<Integer> challenges,
        Collection<Integer> decisions) {
      Map<String, Set<UUID>> told = new HashMap<>();
      while (result.hasNext()) {
        Object[] row = result.next();
        told.computeIfAbsent((String) row[0], word -> new HashSet<>()).add((UUID) row[1]);
      }
      for (int ordinal : challenges) {
        UUID check = check(ordinal).check().id().value();
        if (told.getOrDefault("unpassed", Set.of()).contains(check)) {
          refused.put(ordinal, new Committed.PassSpent());
        } else if (!told.getOrDefault("spent", Set.of()).contains(check)) {
          refused.put(ordinal, new Committed.Replayed());
        }
      }
      for (int ordinal : decisions) {
        UUID check = consent(ordinal).check().value();
        if (!told.getOrDefault("decided", Set.of()).contains(check)) {
          refused.put(ordinal, new Committed.AlreadyConsented());
        }
      }
      return this;
    }
  }

  private CheckStation check(int ordinal) {
    return checkOf(stations.get(ordinal)).orElseThrow();
  }

  private ConsentDecision consent(int ordinal) {
    return ((ConsentStation) stations.get(ordinal)).decision();
  }

  private Object[] claims(Map<ChallengeKey, Integer> challenges, Map<UUID, Integer> decisions) {
    List<Map.Entry<ChallengeKey, Integer>> keys = List.copyOf(challenges.entrySet());
    List<ConsentDecision> decided = decisions.values().stream().map(this::consent).toList();
    List<Optional<KeptUnder>> kept =
        challenges.values().stream().map(each -> check(each).kept()).toList();
    return new Object[] {
      Columns.of(keys, key -> Database.time(key.getKey().issuedAt()), OffsetDateTime[]::new),
      Columns.of(keys, key -> key.getKey().id(), UUID[]::new),
      Columns.of(keys, key -> check(key.getValue()).check().id().value(), UUID[]::new),
      Columns.of(decided, each -> each.check().value(), UUID[]::new),
      Columns.of(decided, each -> each.person().value(), UUID[]::new),
      Columns.of(decided, each -> each.institution().digits(), String[]::new),
      Columns.of(decided, each -> CategoryWords.write(each.granted()), String[]::new),
      Columns.of(decided, each -> Database.time(each.decidedAt()), OffsetDateTime[]::new),
      Columns.of(decided, each -> Database.time(each.expiresAt()), OffsetDateTime[]::new),
      Columns.of(keys, key -> check(key.getValue()).pass().orElse(null), UUID[]::new),
      Columns.of(kept, each -> each.map(Batch::certificateOf).orElse(null), Buffer[]::new),
      Columns.of(kept, each -> each.map(KeptUnder::key).orElse(null), String[]::new),
      Columns.of(kept, each -> each.map(Batch::endedBy).orElse(null), OffsetDateTime[]::new)
    };
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
    addKept(parameters, written);
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

  /** Of another node that took a key at the same moment the database complains. */
  private static void addKept(List<Object> parameters, List<Station> written) {
    List<KeptUnder> kept =
        checkStations(written).stream().flatMap(station -> station.kept().stream()).toList();
    parameters.add(Columns.of(kept, Batch::certificateOf, Buffer[]::new));
    parameters.add(Columns.of(kept, KeptUnder::key, String[]::new));
    parameters.add(
        Columns.of(kept, each -> Database.bytes(each.answer().request()), Buffer[]::new));
    parameters.add(Columns.of(kept, each -> each.answer().status(), Integer[]::new));
    parameters.add(Columns.of(kept, each -> Buffer.buffer(each.answer().answer()), Buffer[]::new));
    parameters.add(
        Columns.of(kept, each -> Database.time(each.answer().keptAt()), OffsetDateTime[]::new));
  }

  private static String nameOf(KeptUnder kept) {
    return kept.certificate().hex() + kept.key();
  }

  private static Buffer certificateOf(KeptUnder kept) {
    return Database.bytes(kept.certificate());
  }

  /** What was kept under the key by then is forgotten. */
  private static OffsetDateTime endedBy(KeptUnder kept) {
    return Database.time(kept.answer().keptAt().minus(KeepAnswers.KEPT_FOR));
  }

  private static List<CheckStation> checkStations(List<Station> written) {
    return written.stream().flatMap(station -> checkOf(station).stream()).toList();
  }

  private static Optional<CheckStation> checkOf(Station station) {
    return switch (station) {
      case CheckStation check -> Optional.of(check);
      case ReconciledStation record -> record.check();
      case ConsentStation _,
          Station.ReadStation _,
          Station.RefusedReadStation _,
          Station.LookUpStation _,
          Station.IntakeStation _,
          Station.DeskStation _ ->
          Optional.empty();
    };
  }

  private static @Nullable Buffer bytes(byte @Nullable [] bytes) {
    return bytes == null ? null : Buffer.buffer(bytes);
  }
}
