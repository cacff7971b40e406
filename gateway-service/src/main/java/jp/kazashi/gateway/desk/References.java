package jp.kazashi.gateway.desk;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.kazashi.gateway.check.Caller;
import jp.kazashi.gateway.check.LookUp;
import jp.kazashi.gateway.check.Reason;
import jp.kazashi.gateway.port.LimitRequests;
import jp.kazashi.qualification.audit.AuditKind;
import jp.kazashi.qualification.audit.AuditReceipt;
import jp.kazashi.qualification.check.CheckId;
import jp.kazashi.qualification.consent.ConsentDecision;
import jp.kazashi.qualification.consent.ConsentLedger;
import jp.kazashi.qualification.coverage.CoverageKeys;
import jp.kazashi.qualification.institution.ReferenceNumber;
import jp.kazashi.qualification.medical.MedicalCategory;
import jp.kazashi.qualification.person.Person;
import jp.kazashi.qualification.person.PersonId;
import jp.kazashi.qualification.store.Deed;
import jp.kazashi.qualification.store.FindCheck;
import jp.kazashi.qualification.store.FindGrants;
import jp.kazashi.qualification.store.KeepReferenceNumbers;
import jp.kazashi.qualification.store.LookUpCoverage;

/**
 * For receipt computers that know people by numbers: their own numbers, and which consents live for
 * somebody whom exact numbers name.
 */
public final class References {
  private final LookUpCoverage coverage;
  private final FindCheck checks;
  private final FindGrants grants;
  private final KeepReferenceNumbers references;
  private final LimitRequests limits;
  private final Desk desk;
  private final InstantSource clock;

  public References(
      LookUpCoverage coverage,
      FindCheck checks,
      FindGrants grants,
      KeepReferenceNumbers references,
      LimitRequests limits,
      Desk desk,
      InstantSource clock) {
    this.coverage = coverage;
    this.checks = checks;
    this.grants = grants;
    this.references = references;
    this.limits = limits;
    this.desk = desk;
    this.clock = clock;
  }

  /** Whom a number is to name. */
  public sealed interface Whom {
    record ByKeys(CoverageKeys keys) implements Whom {}

    record ByCheck(CheckId check) implements Whom {}
  }

  /** What putting a number comes to. */
  public sealed interface Put {
    record Done(ReferenceNumber number, AuditReceipt receipt) implements Put {}

    record Declined(Reason reason) implements Put {}

    /** The institution missed too often; again after this. */
    record TooManyFailed(Duration retryAfter) implements Put {}
  }

  /** The consents of one check that live now. */
  public record LiveGrant(ConsentDecision decision, Set<MedicalCategory> live) {}

  /** What a search for grants comes to. */
  public sealed interface Search {
    record Found(List<LiveGrant> grants, List<ReferenceNumber> references, AuditReceipt receipt)
        implements Search {}

    /** The institution missed too often; again after this. */
    record TooManyFailed(Duration retryAfter) implements Search {}
  }

  public Uni<Put> put(Caller caller, ReferenceNumber number, Whom whom) {
    return limits
        .mayLookUp(caller)
        .chain(ruling ->
            switch (ruling) {
              case LimitRequests.Ruling.Admitted() ->
                  person(caller, whom)
                      .chain(person ->
                          person
                              .map(id -> put(caller, number, id))
                              .orElseGet(() -> unknown(caller)));
              case LimitRequests.Ruling.Limited(var wait) ->
                  Uni.createFrom().item(new Put.TooManyFailed(wait));
            });
  }

  private Uni<Put> put(Caller caller, ReferenceNumber number, PersonId person) {
    return desk.surely(
            caller,
            AuditKind.REFERENCE_NUMBER,
            person,
            "REGISTERED",
            Map.of(),
            new Deed.PutReference(caller.institution(), number, person, clock.instant()))
        .map(receipt -> new Put.Done(number, receipt));
  }

  private Uni<Put> unknown(Caller caller) {
    return limits
        .lookUpFailed(caller)
        .chain(
            () -> desk.surely(caller, AuditKind.REFERENCE_NUMBER, null, "NOBODY_NAMED", Map.of()))
        .map(receipt -> new Put.Declined(Reason.QUALIFICATION_NOT_FOUND));
  }

  private Uni<Optional<PersonId>> person(Caller caller, Whom whom) {
    return switch (whom) {
      case Whom.ByKeys(var keys) ->
          coverage.byKeys(keys).map(people -> LookUp.named(keys, people).map(Person::id));
      case Whom.ByCheck(var check) ->
          checks
              .byId(check, caller.institution())
              .map(found -> found.flatMap(each -> Optional.ofNullable(each.record().person())));
    };
  }

  public Uni<Search> search(Caller caller, CoverageKeys keys) {
    return limits
        .mayLookUp(caller)
        .chain(ruling ->
            switch (ruling) {
              case LimitRequests.Ruling.Admitted() ->
                  coverage
                      .byKeys(keys)
                      .chain(people ->
                          LookUp.named(keys, people)
                              .map(person -> search(caller, keys, person.id()))
                              .orElseGet(() -> nobody(caller, keys)));
              case LimitRequests.Ruling.Limited(var wait) ->
                  Uni.createFrom().item(new Search.TooManyFailed(wait));
            });
  }

  private Uni<Search> search(Caller caller, CoverageKeys keys, PersonId person) {
    Instant at = clock.instant();
    return Uni.combine()
        .all()
        .unis(
            grants.of(caller.institution(), person, at),
            references.of(caller.institution(), person))
        .asTuple()
        .chain(found -> {
          List<LiveGrant> live = live(found.getItem1(), at);
          return desk.surely(
                  caller,
                  AuditKind.GRANTS_SEARCH,
                  person,
                  live.isEmpty() ? "NONE" : "FOUND",
                  Map.of(
                      "asked", LookUp.digestOf(keys).hex(),
                      "grants", Integer.toString(live.size())))
              .map(receipt -> new Search.Found(live, found.getItem2(), receipt));
        });
  }

  /** As if there were no grants: who is insured is not this endpoint's to tell. */
  private Uni<Search> nobody(Caller caller, CoverageKeys keys) {
    return limits
        .lookUpFailed(caller)
        .chain(() ->
            desk.surely(
                caller,
                AuditKind.GRANTS_SEARCH,
                null,
                "NOBODY_NAMED",
                Map.of("asked", LookUp.digestOf(keys).hex())))
        .map(receipt -> new Search.Found(List.of(), List.of(), receipt));
  }

  private static List<LiveGrant> live(ConsentLedger ledger, Instant at) {
    return ledger.decisions().stream()
        .map(each -> new LiveGrant(each, ledger.liveCategories(each.check(), at)))
        .filter(each -> !each.live().isEmpty())
        .toList();
  }
}
