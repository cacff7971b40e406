package jp.kazashi.gateway.check;

import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import jp.kazashi.qualification.audit.AuditEvent;
import jp.kazashi.qualification.audit.AuditKind;
import jp.kazashi.qualification.intake.BatchId;
import jp.kazashi.qualification.intake.FeedEncoding;
import jp.kazashi.qualification.intake.FeedForm;
import jp.kazashi.qualification.intake.IntakeKind;
import jp.kazashi.qualification.intake.Sender;
import jp.kazashi.qualification.person.PayerNumber;
import jp.kazashi.qualification.store.AnnouncePieces;
import jp.kazashi.qualification.store.CommitStation;
import jp.kazashi.qualification.store.Delivery;
import jp.kazashi.qualification.store.IntakeReport;
import jp.kazashi.qualification.store.Station.DeskStation;
import jp.kazashi.qualification.store.Station.IntakeStation;
import jp.kazashi.qualification.store.TakeIn;

/** Takes in what an insurer sends about its own members, and says what became of every line. */
public final class TakeInFeed {
  private final TakeIn intake;
  private final CommitStation station;
  private final InstantSource clock;

  public TakeInFeed(TakeIn intake, CommitStation station, InstantSource clock) {
    this.intake = intake;
    this.station = station;
    this.clock = clock;
  }

  /** How the body is written. */
  public record Form(FeedForm form, FeedEncoding encoding) {}

  /** Blocks while the body is read and written. What comes in was announced in the audit before. */
  public Uni<IntakeReport> take(
      Caller caller, IntakeKind kind, BatchId id, boolean whole, Form form, InputStream body)
      throws IOException {
    Instant at = clock.instant();
    Sender sender = new Sender.Payer(PayerNumber.of(caller.organisation()));
    Delivery delivery = new Delivery(id, kind, sender, at, whole, form.form(), form.encoding());
    IntakeReport report =
        intake.take(delivery, body, piece -> announce(caller, delivery, piece), progress -> {});
    return station.commit(new IntakeStation(report, at, caller.actor())).replaceWith(report);
  }

  private Uni<Void> announce(Caller caller, Delivery delivery, AnnouncePieces.Piece piece) {
    AuditEvent event =
        AuditEvent.of(
            clock.instant(),
            AuditKind.INTAKE,
            caller.actor(),
            null,
            null,
            "PIECE",
            Map.of(
                "intake", delivery.intake().word(),
                "batch", delivery.batch().value(),
                "piece", Integer.toString(piece.number()),
                "lines", Integer.toString(piece.lines()),
                "content", piece.content().hex()));
    return station.commit(new DeskStation(event)).replaceWithVoid();
  }
}
