package jp.kazashi.gateway.check;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.time.InstantSource;
import jp.kazashi.qualification.intake.BatchId;
import jp.kazashi.qualification.intake.Sender;
import jp.kazashi.qualification.person.PayerNumber;
import jp.kazashi.qualification.store.CommitStation;
import jp.kazashi.qualification.store.IntakeBatch;
import jp.kazashi.qualification.store.IntakeReport;
import jp.kazashi.qualification.store.Station.IntakeStation;
import jp.kazashi.qualification.store.TakeInMedications;
import jp.kazashi.qualification.store.TakeInQualifications;
import jp.kazashi.qualification.store.TakeInRegistrations;

/** Takes in what an insurer sends about its own members, and says what became of every line. */
public final class TakeInFeed {
  private final TakeInQualifications qualifications;
  private final TakeInRegistrations registrations;
  private final TakeInMedications medications;
  private final CommitStation station;
  private final InstantSource clock;

  public TakeInFeed(
      TakeInQualifications qualifications,
      TakeInRegistrations registrations,
      TakeInMedications medications,
      CommitStation station,
      InstantSource clock) {
    this.qualifications = qualifications;
    this.registrations = registrations;
    this.medications = medications;
    this.station = station;
    this.clock = clock;
  }

  /** People first: registrations and records speak of people who are known. */
  public Uni<IntakeReport> take(Caller caller, BatchId id, Feed feed) {
    Instant at = clock.instant();
    var batch = new IntakeBatch(id, new Sender.Payer(PayerNumber.of(caller.organisation())), at);
    var unreadable = new IntakeReport(id, 0, 0, feed.unreadable());
    return qualifications
        .take(batch, feed.qualifications())
        .map(unreadable::and)
        .chain(report -> registrations.take(batch, feed.registrations()).map(report::and))
        .chain(report -> medications.take(batch, feed.medications()).map(report::and))
        .call(report -> station.commit(new IntakeStation(report, at, caller.actor())));
  }
}
