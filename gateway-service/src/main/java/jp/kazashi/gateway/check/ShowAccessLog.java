package jp.kazashi.gateway.check;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import jp.kazashi.qualification.audit.AuditEvent;
import jp.kazashi.qualification.audit.AuditKind;
import jp.kazashi.qualification.audit.AuditReceipt;
import jp.kazashi.qualification.audit.WrittenEntry;
import jp.kazashi.qualification.check.CheckId;
import jp.kazashi.qualification.check.CheckRecord;
import jp.kazashi.qualification.check.ConfirmedBy;
import jp.kazashi.qualification.institution.Actor;
import jp.kazashi.qualification.institution.Institution;
import jp.kazashi.qualification.institution.InstitutionCode;
import jp.kazashi.qualification.person.Person;
import jp.kazashi.qualification.person.PersonId;
import jp.kazashi.qualification.store.CommitStation;
import jp.kazashi.qualification.store.Committed;
import jp.kazashi.qualification.store.FindCheck;
import jp.kazashi.qualification.store.FindEvidence;
import jp.kazashi.qualification.store.FindPerson;
import jp.kazashi.qualification.store.KeepInstitutions;
import jp.kazashi.qualification.store.KeepReconciliations;
import jp.kazashi.qualification.store.ReadAccessLog;
import jp.kazashi.qualification.store.Station.DeskStation;
import org.jspecify.annotations.Nullable;

/**
 * Shows patients who saw their data, while they stand where they were confirmed: the check says who
 * they are. Each look, and each that was refused, is in the audit like any other.
 */
public final class ShowAccessLog {
  /** After this the patient is no longer known to be standing there. */
  static final Duration LATEST = Duration.ofMinutes(10);

  private static final int YEARS = 5;
  private static final int MOST = 100;

  /** More is read than is shown: some entries show nobody anything. */
  private static final int MOST_READ = 500;

  private final FindCheck checks;
  private final FindEvidence evidence;
  private final FindPerson people;
  private final ReadAccessLog log;
  private final KeepInstitutions institutions;
  private final KeepReconciliations reconciliations;
  private final CommitStation station;
  private final InstantSource clock;

  public ShowAccessLog(
      FindCheck checks,
      FindEvidence evidence,
      FindPerson people,
      ReadAccessLog log,
      KeepInstitutions institutions,
      KeepReconciliations reconciliations,
      CommitStation station,
      InstantSource clock) {
    this.checks = checks;
    this.evidence = evidence;
    this.people = people;
    this.log = log;
    this.institutions = institutions;
    this.reconciliations = reconciliations;
    this.station = station;
    this.clock = clock;
  }

  /** What asking comes to. */
  public sealed interface Outcome {
    record Shown(AccessLog log, AuditReceipt receipt) implements Outcome {}

    record Declined(Reason reason) implements Outcome {}
  }

  public Uni<Outcome> of(Caller caller, CheckId id) {
    Instant at = clock.instant();
    return checks
        .byId(id, caller.institution())
        .chain(found ->
            found
                .map(check -> of(caller, check.record(), at))
                .orElseGet(() -> Uni.createFrom().item(new Outcome.Declined(Reason.NOT_FOUND))));
  }

  private Uni<Outcome> of(Caller caller, CheckRecord check, Instant at) {
    Optional<Reason> refusal = refusalOf(caller, check, at);
    PersonId person = check.person();
    if (refusal.isPresent() || person == null) {
      return refuse(caller, check, refusal.orElse(Reason.ACCESS_LOG_NEEDS_HOLDER), at);
    }
    // Of a check that was judged afterwards nobody stands there any more.
    return reconciliations
        .became(check.id(), check.institution(), check.terminal())
        .chain(afterwards ->
            afterwards
                ? refuse(caller, check, Reason.ACCESS_LOG_NEEDS_HOLDER, at)
                : ofTrusted(caller, check, person, at));
  }

  /** A lost card, of which it could not be found out that it is one, shows nobody anything. */
  private Uni<Outcome> ofTrusted(Caller caller, CheckRecord check, PersonId person, Instant at) {
    return evidence
        .of(check.id())
        .chain(pieces ->
            new StoredEvidence(pieces).isOfTrusted()
                ? people.byId(person).chain(found -> ofPerson(caller, check, found, at))
                : refuse(caller, check, Reason.ACCESS_LOG_NEEDS_HOLDER, at));
  }

  private static Optional<Reason> refusalOf(Caller caller, CheckRecord check, Instant at) {
    if (!check.terminal().equals(caller.system())) {
      return Optional.of(Reason.OTHER_TERMINAL);
    }
    if (check.method() == ConfirmedBy.STAFF) {
      return Optional.of(Reason.ACCESS_LOG_NEEDS_HOLDER);
    }
    if (Duration.between(check.at(), at).compareTo(LATEST) > 0) {
      return Optional.of(Reason.ACCESS_LOG_TOO_LATE);
    }
    return Optional.empty();
  }

  private Uni<Outcome> ofPerson(
      Caller caller, CheckRecord check, Optional<Person> person, Instant at) {
    if (person.map(Person::provisionBarred).orElse(true)) {
      return refuse(caller, check, Reason.CHECK_NOT_POSSIBLE, at);
    }
    return read(person.orElseThrow(), at)
        .chain(read ->
            commit(caller, check, "SHOWN", Map.of("entries", countOf(read)), at)
                .map(receipt -> new Outcome.Shown(read, receipt)));
  }

  private static String countOf(AccessLog read) {
    return Integer.toString(read.seen().size());
  }

  /** Of whom it must not be known where they are, it is not told where they were. */
  private Uni<AccessLog> read(Person person, Instant at) {
    if (person.undisclosed()) {
      return Uni.createFrom().item(new AccessLog(List.of(), false));
    }
    Instant since = at.atOffset(ZoneOffset.UTC).minusYears(YEARS).toInstant();
    return log.of(person.id(), since, MOST_READ).chain(this::named);
  }

  private Uni<AccessLog> named(List<WrittenEntry> entries) {
    List<AuditEvent> seen =
        entries.stream()
            .map(each -> each.entry().event())
            .filter(event -> SeenData.in(event).isPresent() && institutionOf(event).isPresent())
            .toList();
    boolean more = seen.size() > MOST || entries.size() == MOST_READ;
    List<AuditEvent> told = seen.stream().limit(MOST).toList();
    return names(told.stream().flatMap(event -> institutionOf(event).stream()).distinct().toList())
        .map(names -> new AccessLog(told.stream().map(event -> seen(event, names)).toList(), more));
  }

  private static AccessLog.Seen seen(AuditEvent event, Map<InstitutionCode, String> names) {
    InstitutionCode by = institutionOf(event).orElseThrow();
    return new AccessLog.Seen(
        event.at(), by, names.getOrDefault(by, by.digits()), SeenData.in(event).orElseThrow());
  }

  private static Optional<InstitutionCode> institutionOf(AuditEvent event) {
    @Nullable Actor actor = event.actor();
    return Optional.ofNullable(actor)
        .map(Actor::organisation)
        .filter(digits -> digits.length() == InstitutionCode.LENGTH)
        .map(InstitutionCode::new);
  }

  private Uni<Map<InstitutionCode, String>> names(List<InstitutionCode> codes) {
    if (codes.isEmpty()) {
      return Uni.createFrom().item(Map.of());
    }
    return Uni.join()
        .all(codes.stream().map(institutions::byCode).toList())
        .andFailFast()
        .map(found ->
            found.stream()
                .flatMap(Optional::stream)
                .collect(Collectors.toMap(Institution::code, Institution::name)));
  }

  private Uni<Outcome> refuse(Caller caller, CheckRecord check, Reason reason, Instant at) {
    return commit(caller, check, reason.name(), Map.of(), at)
        .map(receipt -> new Outcome.Declined(reason));
  }

  private Uni<AuditReceipt> commit(
      Caller caller, CheckRecord check, String outcome, Map<String, String> details, Instant at) {
    AuditEvent event =
        AuditEvent.of(
            at, AuditKind.ACCESS_LOG, caller.actor(), check.id(), check.person(), outcome, details);
    return station
        .commit(new DeskStation(event))
        .map(committed ->
            switch (committed) {
              case Committed.Done(var receipt) -> receipt;
              case Committed.Replayed(),
                  Committed.AlreadyConsented(),
                  Committed.PassSpent(),
                  Committed.Overtaken() ->
                  throw new IllegalStateException("a look spends nothing");
            });
  }
}
