package jp.kazashi.gateway.check;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import jp.kazashi.gateway.port.DigestRecords;
import jp.kazashi.qualification.audit.AuditReceipt;
import jp.kazashi.qualification.check.CheckId;
import jp.kazashi.qualification.consent.ConsentGrant;
import jp.kazashi.qualification.medical.MedicalCategory;
import jp.kazashi.qualification.medical.MedicationRecord;
import jp.kazashi.qualification.medical.RetentionPolicy;
import jp.kazashi.qualification.store.CommitStation;
import jp.kazashi.qualification.store.Committed;
import jp.kazashi.qualification.store.FindCheck;
import jp.kazashi.qualification.store.FoundCheck;
import jp.kazashi.qualification.store.ReadMedications;
import jp.kazashi.qualification.store.Station;
import jp.kazashi.qualification.store.Station.ReadStation;
import jp.kazashi.qualification.store.Station.RefusedReadStation;

/** The records of one check, under a grant that lives; shown only once the audit says so. */
public final class ReadHistory {
  private final FindCheck checks;
  private final ReadMedications medications;
  private final CommitStation station;
  private final DigestRecords digest;
  private final InstantSource clock;

  public ReadHistory(
      FindCheck checks,
      ReadMedications medications,
      CommitStation station,
      DigestRecords digest,
      InstantSource clock) {
    this.checks = checks;
    this.medications = medications;
    this.station = station;
    this.digest = digest;
    this.clock = clock;
  }

  /** What a read comes to. */
  public sealed interface Outcome {
    record Shown(List<MedicationRecord> records, AuditReceipt receipt) implements Outcome {}

    record Declined(Reason reason) implements Outcome {}
  }

  /** The months asked for; what is left open is everything that is kept. */
  public record Months(Optional<YearMonth> from, Optional<YearMonth> to) {}

  public Uni<Outcome> medications(Caller caller, CheckId id, Months months) {
    Instant at = clock.instant();
    return checks
        .byId(id, caller.institution())
        .chain(found ->
            found
                .map(check -> medications(caller, check, months, at))
                .orElseGet(() -> declined(Reason.NOT_FOUND)));
  }

  private Uni<Outcome> medications(Caller caller, FoundCheck check, Months months, Instant at) {
    return check
        .ledger()
        .live(check.record().id(), MedicalCategory.MEDICATION, at)
        .map(grant -> show(caller, grant, months, at))
        .orElseGet(() -> refuse(caller, check, at));
  }

  private Uni<Outcome> show(Caller caller, ConsentGrant grant, Months months, Instant at) {
    LocalDate today = Calendar.dateOf(at);
    LocalDate notBefore = RetentionPolicy.fiveYears().notBefore(today);
    YearMonth from = months.from().orElse(YearMonth.from(notBefore));
    YearMonth to = months.to().orElse(YearMonth.from(today));
    return medications
        .of(grant, from, to, notBefore)
        .chain(records ->
            commit(
                    new ReadStation(
                        grant, at, caller.actor(), from, to, records.size(), digest.of(records)))
                .map(receipt -> new Outcome.Shown(records, receipt)));
  }

  private Uni<Outcome> refuse(Caller caller, FoundCheck check, Instant at) {
    var refusal =
        new RefusedReadStation(
            check.record().id(),
            check.record().person(),
            MedicalCategory.MEDICATION,
            at,
            caller.actor(),
            Reason.CONSENT_MISSING.name());
    return commit(refusal).map(receipt -> new Outcome.Declined(Reason.CONSENT_MISSING));
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
