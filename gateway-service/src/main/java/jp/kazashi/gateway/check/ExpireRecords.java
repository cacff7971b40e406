package jp.kazashi.gateway.check;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
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
    return expired
        .on(Calendar.dateOf(at), due -> announce(due, at))
        .invoke(gone -> {
          if (!gone.isEmpty()) {
            dropped.accept(gone);
          }
        })
        .replaceWithVoid();
  }

  private Uni<Void> announce(List<String> due, Instant at) {
    AuditEvent event =
        AuditEvent.of(
            at,
            AuditKind.RETENTION,
            null,
            null,
            null,
            "DUE",
            Map.of("today", Calendar.dateOf(at).toString(), "partitions", String.join(",", due)));
    return station.commit(new DeskStation(event, List.of())).replaceWithVoid();
  }
}
