package jp.kazashi.gateway.check;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jp.kazashi.qualification.audit.AuditEvent;
import jp.kazashi.qualification.audit.AuditKind;
import jp.kazashi.qualification.audit.AuditReceipt;
import jp.kazashi.qualification.check.CheckId;
import jp.kazashi.qualification.check.CheckRecord;
import jp.kazashi.qualification.consent.ConsentDecision;
import jp.kazashi.qualification.medical.MedicalCategory;
import jp.kazashi.qualification.store.CommitStation;
import jp.kazashi.qualification.store.Committed;
import jp.kazashi.qualification.store.FindCheck;
import jp.kazashi.qualification.store.FoundCheck;
import jp.kazashi.qualification.store.Station.ConsentStation;
import jp.kazashi.qualification.store.Station.DeskStation;

/** The patient's one answer to the consent question of a check. */
public final class GiveConsent {
  /** After this the patient is no longer known to be standing there. */
  static final Duration LATEST = Duration.ofMinutes(10);

  private final FindCheck checks;
  private final CommitStation station;
  private final InstantSource clock;

  public GiveConsent(FindCheck checks, CommitStation station, InstantSource clock) {
    this.checks = checks;
    this.station = station;
    this.clock = clock;
  }

  /** What giving consent comes to. */
  public sealed interface Outcome {
    record Given(ConsentDecision decision, AuditReceipt receipt) implements Outcome {}

    record Declined(Reason reason) implements Outcome {}
  }

  public Uni<Outcome> give(Caller caller, CheckId id, Set<MedicalCategory> granted) {
    Instant at = clock.instant();
    return checks
        .byId(id, caller.institution())
        .chain(found ->
            switch (judge(found, caller, granted, at)) {
              case Ruling.Decided(var decision) -> commit(caller, found.orElseThrow(), decision);
              case Ruling.Declined(var reason) -> declined(caller, found, granted, reason, at);
            });
  }

  private sealed interface Ruling {
    record Decided(ConsentDecision decision) implements Ruling {}

    record Declined(Reason reason) implements Ruling {}
  }

  private static Ruling judge(
      Optional<FoundCheck> found, Caller caller, Set<MedicalCategory> granted, Instant at) {
    if (found.isEmpty()) {
      return new Ruling.Declined(Reason.NOT_FOUND);
    }
    CheckRecord check = found.get().record();
    if (!check.terminal().equals(caller.system())) {
      return new Ruling.Declined(Reason.FORBIDDEN);
    }
    if (check.person() == null || check.certificateEndsAt() == null) {
      return new Ruling.Declined(Reason.CONSENT_NOT_OFFERED);
    }
    if (Duration.between(check.at(), at).compareTo(LATEST) > 0) {
      return new Ruling.Declined(Reason.CONSENT_TOO_LATE);
    }
    if (!check.offered().containsAll(granted)) {
      return new Ruling.Declined(Reason.CONSENT_NOT_OFFERED);
    }
    return new Ruling.Decided(
        ConsentDecision.made(
            check.id(),
            check.person(),
            check.institution(),
            granted,
            at,
            check.certificateEndsAt()));
  }

  private Uni<Outcome> commit(Caller caller, FoundCheck check, ConsentDecision decision) {
    return station
        .commit(
            new ConsentStation(
                decision, caller.actor(), Optional.of(CheckEvents.of(caller, decision))))
        .chain(committed ->
            switch (committed) {
              case Committed.Done(var receipt) ->
                  Uni.createFrom().item(new Outcome.Given(decision, receipt));
              case Committed.AlreadyConsented() ->
                  declined(
                      caller,
                      Optional.of(check),
                      decision.granted(),
                      Reason.CONSENT_ALREADY_GIVEN,
                      decision.decidedAt());
              case Committed.Replayed(), Committed.PassSpent(), Committed.Overtaken() ->
                  throw new IllegalStateException("a consent spends no challenge");
            });
  }

  /** Whoever asks for a consent that is not to be had is written down, like one who reads. */
  private Uni<Outcome> declined(
      Caller caller,
      Optional<FoundCheck> found,
      Set<MedicalCategory> asked,
      Reason reason,
      Instant at) {
    Outcome declined = new Outcome.Declined(reason);
    if (found.isEmpty()) {
      return Uni.createFrom().item(declined);
    }
    CheckRecord check = found.get().record();
    AuditEvent event =
        AuditEvent.of(
            at,
            AuditKind.CONSENT,
            caller.actor(),
            check.id(),
            check.person(),
            reason.name(),
            Map.of("asked", words(asked)));
    return station.commit(new DeskStation(event)).replaceWith(declined);
  }

  private static String words(Set<MedicalCategory> categories) {
    return categories.stream().sorted().map(MedicalCategory::word).collect(Collectors.joining(","));
  }
}
