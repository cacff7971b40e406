package jp.kazashi.gateway.check;

import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import jp.kazashi.qualification.audit.AuditReceipt;
import jp.kazashi.qualification.audit.Digest;
import jp.kazashi.qualification.coverage.CoverageAnswer;
import jp.kazashi.qualification.coverage.CoverageKeys;
import jp.kazashi.qualification.coverage.CoverageRule;
import jp.kazashi.qualification.coverage.PersonCoverage;
import jp.kazashi.qualification.person.Person;
import jp.kazashi.qualification.store.CommitStation;
import jp.kazashi.qualification.store.Committed;
import jp.kazashi.qualification.store.LookUpCoverage;
import jp.kazashi.qualification.store.Station.LookUpStation;

/** Eligibility without a card, by exact keys; never anything medical. */
public final class LookUp {
  private final LookUpCoverage coverage;
  private final CommitStation station;
  private final InstantSource clock;

  public LookUp(LookUpCoverage coverage, CommitStation station, InstantSource clock) {
    this.coverage = coverage;
    this.station = station;
    this.clock = clock;
  }

  /**
   * What was found.
   *
   * @param person whom the keys name, when they name one
   * @param say what to tell the desk when the person is not simply covered
   */
  public record Found(
      CoverageAnswer coverage,
      Optional<Person> person,
      LocalDate on,
      Optional<Reason> say,
      AuditReceipt receipt) {}

  public Uni<Found> find(Caller caller, CoverageKeys keys, Optional<LocalDate> on) {
    Instant at = clock.instant();
    LocalDate day = on.orElse(Calendar.dateOf(at));
    return coverage.byKeys(keys).chain(people -> commit(caller, keys, people, day, at));
  }

  private Uni<Found> commit(
      Caller caller, CoverageKeys keys, List<PersonCoverage> people, LocalDate on, Instant at) {
    CoverageAnswer answer = CoverageRule.asked(keys, people, on);
    Optional<Person> person = named(keys, people);
    return station
        .commit(
            new LookUpStation(
                answer,
                person.map(Person::id).orElse(null),
                on,
                digestOf(keys),
                at,
                caller.actor()))
        .map(committed -> new Found(answer, person, on, Reasons.of(answer), receiptOf(committed)));
  }

  private static Optional<Person> named(CoverageKeys keys, List<PersonCoverage> people) {
    List<PersonCoverage> named =
        people.stream()
            .filter(each -> each.history().known().stream().anyMatch(keys::name))
            .toList();
    return named.size() == 1 ? Optional.of(named.getFirst().person()) : Optional.empty();
  }

  private static Digest digestOf(CoverageKeys keys) {
    String branch = keys.branch() == null ? "" : keys.branch().digits();
    String asked =
        String.join(
            "|",
            keys.payer().digits(),
            keys.symbolAndNumber().searchKey(),
            branch,
            keys.birthDate().toString());
    return Digest.of(asked.getBytes(StandardCharsets.UTF_8));
  }

  private static AuditReceipt receiptOf(Committed committed) {
    return switch (committed) {
      case Committed.Done(var receipt) -> receipt;
      case Committed.Replayed(), Committed.AlreadyConsented() ->
          throw new IllegalStateException("a look-up spends nothing");
    };
  }
}
