package jp.kazashi.gateway.check;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import jp.kazashi.qualification.audit.AuditEvent;
import jp.kazashi.qualification.audit.AuditKind;
import jp.kazashi.qualification.store.CommitStation;
import jp.kazashi.qualification.store.DropExpired;
import jp.kazashi.qualification.store.Station.DeskStation;

/** Drops the records that no policy shows any more, once the audit says which. */
public final class ExpireRecords {
  private final DropExpired expired;
  private final CommitStation station;
  private final InstantSource clock;
  private final Consumer<List<String>> dropped;

  /**
   * Keeps to the calendar of Asia/Tokyo.
   *
   * @param dropped is told the partitions that went
   */
  public ExpireRecords(
      DropExpired expired,
      CommitStation station,
      InstantSource clock,
      Consumer<List<String>> dropped) {
    this.expired = expired;
    this.station = station;
    this.clock = clock;
    this.dropped = dropped;
  }

  public Uni<Void> run() {
    Instant at = clock.instant();
    AtomicBoolean announced = new AtomicBoolean();
    return expired
        .on(Calendar.dateOf(at), due -> write("DUE", due, at).invoke(() -> announced.set(true)))
        .onFailure(failed -> announced.get())
        .call(failed -> write("NOT_ALL_DROPPED", List.of(), at))
        .chain(gone -> gone.isEmpty() ? nothing() : tell(gone, at));
  }

  private Uni<Void> tell(List<String> gone, Instant at) {
    dropped.accept(gone);
    return write("DROPPED", gone, at);
  }

  /** What was announced and did not go, all of it or a part, is due again at the next run. */
  private Uni<Void> write(String outcome, List<String> partitions, Instant at) {
    AuditEvent event =
        AuditEvent.of(
            at,
            AuditKind.RETENTION,
            null,
            null,
            null,
            outcome,
            Map.of(
                "today", Calendar.dateOf(at).toString(),
                "partitions", String.join(",", partitions)));
    return station.commit(new DeskStation(event)).replaceWithVoid();
  }

  private static Uni<Void> nothing() {
    return Uni.createFrom().voidItem();
  }
}
