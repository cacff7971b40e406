package jp.kazashi.gateway.check;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.kazashi.qualification.audit.AuditEvent;
import jp.kazashi.qualification.audit.AuditKind;
import jp.kazashi.qualification.check.CheckId;
import jp.kazashi.qualification.check.CheckRecord;
import jp.kazashi.qualification.consent.ConsentDecision;
import jp.kazashi.qualification.medical.MedicalCategory;
import jp.kazashi.qualification.store.CommitStation;
import jp.kazashi.qualification.store.FindCheck;
import jp.kazashi.qualification.store.FoundCheck;
import jp.kazashi.qualification.store.Station.DeskStation;

/**
 * An earlier check of the caller's institution, with the consents that live now. A reader sees its
 * own only; whoever sees one is audited before it is shown.
 */
public final class FetchCheck {
  private static final String SHOWN = "SHOWN";

  private final FindCheck checks;
  private final CommitStation station;
  private final InstantSource clock;

  public FetchCheck(FindCheck checks, CommitStation station, InstantSource clock) {
    this.checks = checks;
    this.station = station;
    this.clock = clock;
  }

  /** The check as it was committed, and what may be read under it now. */
  public record Fetched(FoundCheck check, Set<MedicalCategory> live, Optional<Instant> until) {}

  /** What asking comes to. */
  public sealed interface Outcome {
    record Shown(Fetched check) implements Outcome {}

    record Declined(Reason reason) implements Outcome {}
  }

  public Uni<Outcome> show(Caller caller, CheckId id) {
    Instant at = clock.instant();
    return checks
        .byId(id, caller.institution())
        .chain(found ->
            found
                .map(check -> show(caller, check, at))
                .orElseGet(() -> Uni.createFrom().item(new Outcome.Declined(Reason.NOT_FOUND))));
  }

  private Uni<Outcome> show(Caller caller, FoundCheck check, Instant at) {
    boolean others =
        caller.role() == Caller.Role.READER && !check.record().terminal().equals(caller.system());
    return others
        ? commit(caller, check.record(), Reason.OTHER_TERMINAL.name(), at)
            .replaceWith(new Outcome.Declined(Reason.OTHER_TERMINAL))
        : commit(caller, check.record(), SHOWN, at)
            .replaceWith(new Outcome.Shown(fetched(check, at)));
  }

  private Uni<Void> commit(Caller caller, CheckRecord check, String outcome, Instant at) {
    AuditEvent event =
        AuditEvent.of(
            at,
            AuditKind.CHECK_READ,
            caller.actor(),
            check.id(),
            check.person(),
            outcome,
            Map.of("snapshot", check.snapshot().digest().hex()));
    return station.commit(new DeskStation(event)).replaceWithVoid();
  }

  /** For a read that is audited as such by whoever makes it. */
  public Uni<Optional<Fetched>> within(Caller reader, CheckId id) {
    Instant at = clock.instant();
    return checks
        .byId(id, reader.institution())
        .map(found -> found.map(check -> fetched(check, at)));
  }

  private static Fetched fetched(FoundCheck check, Instant at) {
    Set<MedicalCategory> live = check.ledger().liveCategories(check.record().id(), at);
    Optional<Instant> until =
        check
            .ledger()
            .decided(check.record().id())
            .filter(decision -> !live.isEmpty())
            .map(ConsentDecision::expiresAt);
    return new Fetched(check, live, until);
  }
}
