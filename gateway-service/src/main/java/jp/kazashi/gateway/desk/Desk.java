package jp.kazashi.gateway.desk;

import io.smallrye.mutiny.Uni;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.kazashi.gateway.check.Caller;
import jp.kazashi.qualification.audit.AuditEvent;
import jp.kazashi.qualification.audit.AuditKind;
import jp.kazashi.qualification.audit.AuditReceipt;
import jp.kazashi.qualification.check.CheckId;
import jp.kazashi.qualification.person.PersonId;
import jp.kazashi.qualification.store.CommitStation;
import jp.kazashi.qualification.store.Committed;
import jp.kazashi.qualification.store.Deed;
import jp.kazashi.qualification.store.Station.DeskStation;
import jp.kazashi.qualification.store.StationEvent;
import org.jspecify.annotations.Nullable;

/** Writes what is done at desks, each with the entry that says who did it. */
public final class Desk {
  private final CommitStation station;
  private final InstantSource clock;

  public Desk(CommitStation station, InstantSource clock) {
    this.station = station;
    this.clock = clock;
  }

  /** The receipt; nothing when the first deed was overtaken, and then nothing was written. */
  Uni<Optional<AuditReceipt>> done(
      Caller caller, AuditKind kind, String outcome, Map<String, String> details, Deed... deeds) {
    return done(caller, kind, null, outcome, details, deeds);
  }

  Uni<Optional<AuditReceipt>> done(
      Caller caller,
      AuditKind kind,
      @Nullable PersonId person,
      String outcome,
      Map<String, String> details,
      Deed... deeds) {
    return done(caller, kind, person, outcome, details, Optional.empty(), deeds);
  }

  /** The same, told to the institution's subscribers in the same commit. */
  Uni<Optional<AuditReceipt>> told(
      Caller caller,
      AuditKind kind,
      String outcome,
      Map<String, String> details,
      Telling telling,
      Deed... deeds) {
    StationEvent event =
        new StationEvent(
            caller.institution(),
            clock.instant(),
            telling.kind(),
            new CheckId(telling.subject()),
            telling.json());
    return done(caller, kind, null, outcome, details, Optional.of(event), deeds);
  }

  /** What subscribers are told: nothing personal. */
  record Telling(String kind, UUID subject, String json) {}

  private Uni<Optional<AuditReceipt>> done(
      Caller caller,
      AuditKind kind,
      @Nullable PersonId person,
      String outcome,
      Map<String, String> details,
      Optional<StationEvent> told,
      Deed... deeds) {
    AuditEvent event =
        AuditEvent.of(clock.instant(), kind, caller.actor(), null, person, outcome, details);
    return station
        .commit(new DeskStation(event, List.of(deeds), told))
        .map(committed ->
            switch (committed) {
              case Committed.Done(var receipt) -> Optional.of(receipt);
              case Committed.Overtaken() -> Optional.empty();
              case Committed.Replayed(), Committed.AlreadyConsented(), Committed.PassSpent() ->
                  throw new IllegalStateException("a desk spends nothing");
            });
  }

  /** Of what nothing can overtake. */
  Uni<AuditReceipt> surely(
      Caller caller,
      AuditKind kind,
      @Nullable PersonId person,
      String outcome,
      Map<String, String> details,
      Deed... deeds) {
    return done(caller, kind, person, outcome, details, deeds).map(Optional::orElseThrow);
  }
}
