package jp.kazashi.gateway.check;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Optional;
import jp.kazashi.gateway.port.DigestRecords;
import jp.kazashi.qualification.audit.AuditReceipt;
import jp.kazashi.qualification.check.CheckId;
import jp.kazashi.qualification.consent.ConsentGrant;
import jp.kazashi.qualification.medical.MedicalCategory;
import jp.kazashi.qualification.person.Person;
import jp.kazashi.qualification.store.CommitStation;
import jp.kazashi.qualification.store.Committed;
import jp.kazashi.qualification.store.FindCheck;
import jp.kazashi.qualification.store.FindPerson;
import jp.kazashi.qualification.store.FoundCheck;
import jp.kazashi.qualification.store.Station;
import jp.kazashi.qualification.store.Station.ReadStation;
import jp.kazashi.qualification.store.Station.RefusedReadStation;

/**
 * The records of one check, under a grant that lives; shown only once the audit says so. Flags are
 * judged again at every read: who was barred after the visit is shown no more.
 */
public final class ReadHistory {
  private final FindCheck checks;
  private final FindPerson people;
  private final GatherRecords records;
  private final CommitStation station;
  private final DigestRecords digest;
  private final InstantSource clock;

  public ReadHistory(
      FindCheck checks,
      FindPerson people,
      GatherRecords records,
      CommitStation station,
      DigestRecords digest,
      InstantSource clock) {
    this.checks = checks;
    this.people = people;
    this.records = records;
    this.station = station;
    this.digest = digest;
    this.clock = clock;
  }

  /** What a read comes to. */
  public sealed interface Outcome {
    record Shown(MedicalRecords records, AuditReceipt receipt) implements Outcome {}

    record Declined(Reason reason) implements Outcome {}
  }

  /** The months asked for; what is left open is everything that is kept. */
  public record Months(Optional<YearMonth> from, Optional<YearMonth> to) {}

  public Uni<Outcome> read(Caller caller, CheckId id, MedicalCategory category, Months months) {
    Instant at = clock.instant();
    return checks
        .byId(id, caller.institution())
        .chain(found ->
            found
                .map(check -> read(caller, check, category, months, at))
                .orElseGet(() -> declined(Reason.NOT_FOUND)));
  }

  private Uni<Outcome> read(
      Caller caller, FoundCheck check, MedicalCategory category, Months months, Instant at) {
    return check
        .ledger()
        .live(check.record().id(), category, at)
        .map(grant -> readUnder(grant, caller, check, months, at))
        .orElseGet(() -> refuse(caller, check, category, Reason.CONSENT_MISSING, at));
  }

  private Uni<Outcome> readUnder(
      ConsentGrant grant, Caller caller, FoundCheck check, Months months, Instant at) {
    return people
        .byId(grant.person())
        .chain(person ->
            person.map(Person::provisionBarred).orElse(true)
                ? refuse(caller, check, grant.category(), Reason.CHECK_NOT_POSSIBLE, at)
                : show(caller, grant, months, at));
  }

  private Uni<Outcome> show(Caller caller, ConsentGrant grant, Months months, Instant at) {
    LocalDate today = Calendar.dateOf(at);
    YearMonth from = months.from().orElseGet(() -> YearMonth.from(GatherRecords.notBefore(today)));
    YearMonth to = months.to().orElseGet(() -> YearMonth.from(today));
    return records
        .of(grant, from, to, today)
        .chain(shown ->
            commit(
                    new ReadStation(
                        grant, at, caller.actor(), from, to, shown.count(), digest.of(shown)))
                .map(receipt -> new Outcome.Shown(shown, receipt)));
  }

  private Uni<Outcome> refuse(
      Caller caller, FoundCheck check, MedicalCategory category, Reason reason, Instant at) {
    var refusal =
        new RefusedReadStation(
            check.record().id(),
            check.record().person(),
            category,
            at,
            caller.actor(),
            reason.name());
    return commit(refusal).map(receipt -> new Outcome.Declined(reason));
  }

  private Uni<AuditReceipt> commit(Station read) {
    return station
        .commit(read)
        .map(committed ->
            switch (committed) {
              case Committed.Done(var receipt) -> receipt;
              case Committed.Replayed(),
                  Committed.AlreadyConsented(),
                  Committed.PassSpent(),
                  Committed.Overtaken() ->
                  throw new IllegalStateException("a read spends nothing");
            });
  }

  private static Uni<Outcome> declined(Reason reason) {
    return Uni.createFrom().item(new Outcome.Declined(reason));
  }
}
