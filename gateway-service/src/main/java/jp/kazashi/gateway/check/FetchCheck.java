package jp.kazashi.gateway.check;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import jp.kazashi.qualification.check.CheckId;
import jp.kazashi.qualification.consent.ConsentDecision;
import jp.kazashi.qualification.medical.MedicalCategory;
import jp.kazashi.qualification.store.FindCheck;
import jp.kazashi.qualification.store.FoundCheck;

/** An earlier check of the caller's institution, with the consents that live now. */
public final class FetchCheck {
  private final FindCheck checks;
  private final InstantSource clock;

  public FetchCheck(FindCheck checks, InstantSource clock) {
    this.checks = checks;
    this.clock = clock;
  }

  /** The check as it was committed, and what may be read under it now. */
  public record Fetched(FoundCheck check, Set<MedicalCategory> live, Optional<Instant> until) {}

  public Uni<Optional<Fetched>> byId(Caller caller, CheckId id) {
    Instant at = clock.instant();
    return checks
        .byId(id, caller.institution())
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
