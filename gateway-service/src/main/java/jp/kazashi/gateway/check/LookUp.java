package jp.kazashi.gateway.check;

import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.kazashi.gateway.port.LimitRequests;
import jp.kazashi.qualification.audit.AuditReceipt;
import jp.kazashi.qualification.audit.Digest;
import jp.kazashi.qualification.coverage.CoverageAnswer;
import jp.kazashi.qualification.coverage.CoverageKeys;
import jp.kazashi.qualification.coverage.CoverageRule;
import jp.kazashi.qualification.coverage.PersonCoverage;
import jp.kazashi.qualification.institution.Actor;
import jp.kazashi.qualification.institution.InstitutionCode;
import jp.kazashi.qualification.institution.ReferenceNumber;
import jp.kazashi.qualification.person.Person;
import jp.kazashi.qualification.proof.ProofDocument;
import jp.kazashi.qualification.store.CommitStation;
import jp.kazashi.qualification.store.Committed;
import jp.kazashi.qualification.store.KeepProofDocuments;
import jp.kazashi.qualification.store.KeepReferenceNumbers;
import jp.kazashi.qualification.store.LookUpCoverage;
import jp.kazashi.qualification.store.Station.LookUpStation;

/** Eligibility without a card, by exact keys; never anything medical. */
public final class LookUp {
  private final LookUpCoverage coverage;
  private final KeepProofDocuments documents;
  private final KeepReferenceNumbers references;
  private final LimitRequests limits;
  private final CommitStation station;
  private final InstantSource clock;

  public LookUp(
      LookUpCoverage coverage,
      KeepProofDocuments documents,
      KeepReferenceNumbers references,
      LimitRequests limits,
      CommitStation station,
      InstantSource clock) {
    this.coverage = coverage;
    this.documents = documents;
    this.references = references;
    this.limits = limits;
    this.station = station;
    this.clock = clock;
  }

  /**
   * What is asked.
   *
   * @param on the day it is about; today when nothing is said
   */
  public record Question(CoverageKeys keys, Optional<LocalDate> on, Basis basis) {}

  /** What a look-up comes to. */
  public sealed interface Outcome {
    /**
     * What was found.
     *
     * @param person whom the keys name, when they name one
     * @param references what the institution itself calls that person
     * @param say what to tell the desk when the person is not simply covered
     */
    record Found(
        CoverageAnswer coverage,
        Optional<Person> person,
        List<ReferenceNumber> references,
        LocalDate on,
        Optional<Reason> say,
        AuditReceipt receipt)
        implements Outcome {}

    /** The document that was shown is none to go by on that day. */
    record NotAccepted(AuditReceipt receipt) implements Outcome {}

    /** The institution missed too often; again after this. */
    record TooManyFailed(Duration retryAfter) implements Outcome {}
  }

  public Uni<Outcome> find(Caller caller, Question question) {
    return limits
        .mayLookUp(caller)
        .chain(ruling ->
            switch (ruling) {
              case LimitRequests.Ruling.Admitted() ->
                  find(caller.actor(), caller.institution(), question, Optional.empty())
                      .call(outcome -> isFailed(outcome) ? limits.lookUpFailed(caller) : nothing());
              case LimitRequests.Ruling.Limited(var wait) ->
                  Uni.createFrom().item(new Outcome.TooManyFailed(wait));
            });
  }

  /** One of many that were let in together. */
  public Uni<Outcome> find(Actor actor, InstitutionCode institution, Question question, UUID job) {
    return find(actor, institution, question, Optional.of(job));
  }

  private Uni<Outcome> find(
      Actor actor, InstitutionCode institution, Question question, Optional<UUID> job) {
    Instant at = clock.instant();
    LocalDate on = question.on().orElse(Calendar.dateOf(at));
    return coverage
        .byKeys(question.keys())
        .chain(people -> gather(institution, question, people))
        .chain(gathered -> commit(actor, question, gathered, on, at, job));
  }

  private record Gathered(
      List<PersonCoverage> people,
      Optional<Person> person,
      List<ProofDocument> documents,
      List<ReferenceNumber> references) {}

  private Uni<Gathered> gather(
      InstitutionCode institution, Question question, List<PersonCoverage> people) {
    Optional<Person> person = named(question.keys(), people);
    if (person.isEmpty()) {
      return Uni.createFrom().item(new Gathered(people, person, List.of(), List.of()));
    }
    Uni<List<ProofDocument>> known =
        question.basis().isOfRecord()
            ? documents.of(person.get().id())
            : Uni.createFrom().item(List.of());
    return Uni.combine()
        .all()
        .unis(known, references.of(institution, person.get().id()))
        .with((proofs, numbers) -> new Gathered(people, person, proofs, numbers));
  }

  private Uni<Outcome> commit(
      Actor actor,
      Question question,
      Gathered gathered,
      LocalDate on,
      Instant at,
      Optional<UUID> job) {
    CoverageAnswer answer = CoverageRule.asked(question.keys(), gathered.people(), on);
    boolean accepted =
        question.basis().acceptedOn(on, question.keys().payer(), answer, gathered.documents());
    var look =
        new LookUpStation(
            answer,
            gathered.person().map(Person::id).orElse(null),
            on,
            digestOf(question.keys()),
            at,
            actor,
            particulars(question.basis(), accepted, job));
    return station
        .commit(look)
        .map(LookUp::receiptOf)
        .map(receipt ->
            accepted
                ? new Outcome.Found(
                    answer,
                    gathered.person(),
                    gathered.references(),
                    on,
                    Reasons.of(answer),
                    receipt)
                : new Outcome.NotAccepted(receipt));
  }

  private static Map<String, String> particulars(
      Basis basis, boolean accepted, Optional<UUID> job) {
    Map<String, String> particulars = new HashMap<>();
    particulars.put("basis", basis.word());
    particulars.put("accepted", Boolean.toString(accepted));
    job.ifPresent(id -> particulars.put("job", id.toString()));
    return particulars;
  }

  private static boolean isFailed(Outcome outcome) {
    return outcome instanceof Outcome.Found found
        && found.coverage() instanceof CoverageAnswer.Unknown;
  }

  /** The one person whom the keys name. */
  public static Optional<Person> named(CoverageKeys keys, List<PersonCoverage> people) {
    List<PersonCoverage> named =
        people.stream()
            .filter(each -> each.history().known().stream().anyMatch(keys::name))
            .toList();
    return named.size() == 1 ? Optional.of(named.getFirst().person()) : Optional.empty();
  }

  public static Digest digestOf(CoverageKeys keys) {
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
      case Committed.Replayed(),
          Committed.AlreadyConsented(),
          Committed.PassSpent(),
          Committed.Overtaken() ->
          throw new IllegalStateException("a look-up spends nothing");
    };
  }

  private static Uni<Void> nothing() {
    return Uni.createFrom().voidItem();
  }
}
