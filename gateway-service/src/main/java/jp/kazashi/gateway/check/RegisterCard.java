package jp.kazashi.gateway.check;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import jp.kazashi.gateway.check.EligibilityCheck.Answered;
import jp.kazashi.gateway.check.EligibilityCheck.Judged;
import jp.kazashi.gateway.check.EligibilityCheck.Opened;
import jp.kazashi.gateway.port.FindHolder;
import jp.kazashi.gateway.port.FindHolder.Listing;
import jp.kazashi.gateway.port.LastEvidence;
import jp.kazashi.jpki.certificate.CertId;
import jp.kazashi.jpki.certificate.UntrustedCertificate;
import jp.kazashi.jpki.revocation.FetchRevocation;
import jp.kazashi.jpki.revocation.RevocationEvidence;
import jp.kazashi.jpki.statement.ChallengeStatement;
import jp.kazashi.jpki.verdict.JudgePolicy;
import jp.kazashi.jpki.verdict.ProofJudge;
import jp.kazashi.jpki.verdict.UntrustedProof;
import jp.kazashi.jpki.verdict.Verdict;
import jp.kazashi.qualification.check.ChallengeKey;
import jp.kazashi.qualification.check.CheckId;
import jp.kazashi.qualification.check.CheckRecord;
import jp.kazashi.qualification.coverage.PersonCoverage;
import jp.kazashi.qualification.store.CommitStation;
import jp.kazashi.qualification.store.Committed;
import jp.kazashi.qualification.store.FindCheck;
import jp.kazashi.qualification.store.FindCoverage;
import jp.kazashi.qualification.store.FindEvidence;
import jp.kazashi.qualification.store.FoundCheck;

/**
 * Registration at the counter (利用登録). The proof of a check that was refused for want of it is
 * judged once more, with revocation of now; the directory says whose the certificate is; holder and
 * person are tied in the commit of a new check that names the first.
 */
public final class RegisterCard {
  /** After this the patient is no longer known to be standing there. */
  static final Duration LATEST = Duration.ofMinutes(10);

  private final RecallAnswer recall;
  private final FindCheck checks;
  private final FindEvidence evidence;
  private final GatherProof gather;
  private final FindHolder holders;
  private final FindCoverage coverage;
  private final CommitStation station;
  private final Recording recording;
  private final JudgePolicy policy;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final ProofJudge judge = new ProofJudge();

  public RegisterCard(
      RecallAnswer recall,
      FindCheck checks,
      FindEvidence evidence,
      FetchRevocation revocation,
      FindHolder holders,
      FindCoverage coverage,
      CommitStation station,
      Recording recording,
      JudgePolicy policy,
      InstantSource clock,
      RandomGenerator random) {
    this.recall = recall;
    this.checks = checks;
    this.evidence = evidence;
    this.gather = new GatherProof(revocation, LastEvidence.none(), coverage, policy);
    this.holders = holders;
    this.coverage = coverage;
    this.station = station;
    this.recording = recording;
    this.policy = policy;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Once for each first check: whoever asks again, with a key or without one, gets the answer that
   * was given.
   */
  public Uni<CheckOutcome> register(Caller caller, CheckId first, Optional<IdempotencyKey> key) {
    Instant at = clock.instant();
    return recall
        .of(caller, key, at)
        .chain(known -> known.map(RegisterCard::now).orElseGet(() -> anew(caller, first, key, at)));
  }

  private Uni<CheckOutcome> anew(
      Caller caller, CheckId first, Optional<IdempotencyKey> key, Instant at) {
    return checks
        .byId(first, caller.institution())
        .chain(found ->
            switch (admit(found, caller)) {
              case Ruling.Admitted(var check) ->
                  made(caller, check)
                      .chain(made ->
                          made.map(RegisterCard::now)
                              .orElseGet(() -> register(caller, check, key, at)));
              case Ruling.Declined(var reason) -> now(new CheckOutcome.Declined(reason));
            });
  }

  private Uni<Optional<CheckOutcome>> made(Caller caller, CheckRecord first) {
    return checks
        .bySpent(keyOf(first), caller.institution())
        .map(found -> found.map(CheckOutcome.Repeated::new));
  }

  private Uni<CheckOutcome> register(
      Caller caller, CheckRecord first, Optional<IdempotencyKey> key, Instant at) {
    return Duration.between(first.at(), at).compareTo(LATEST) > 0
        ? now(new CheckOutcome.Declined(Reason.REGISTRATION_TOO_LATE))
        : evidence
            .of(first.id())
            .chain(kept -> register(caller, first, new StoredEvidence(kept), key, at));
  }

  private sealed interface Ruling {
    record Admitted(CheckRecord first) implements Ruling {}

    record Declined(Reason reason) implements Ruling {}
  }

  private static Ruling admit(Optional<FoundCheck> found, Caller caller) {
    if (found.isEmpty()) {
      return new Ruling.Declined(Reason.NOT_FOUND);
    }
    CheckRecord first = found.get().record();
    if (!first.terminal().equals(caller.system())) {
      return new Ruling.Declined(Reason.FORBIDDEN);
    }
    if (!Reason.NOT_REGISTERED.name().equals(first.reason())) {
      return new Ruling.Declined(Reason.REGISTRATION_NOT_OFFERED);
    }
    return new Ruling.Admitted(first);
  }

  private Uni<CheckOutcome> register(
      Caller caller,
      CheckRecord first,
      StoredEvidence kept,
      Optional<IdempotencyKey> key,
      Instant at) {
    UntrustedProof proof = kept.proof();
    ChallengeStatement statement = kept.statement();
    Opened check = new Opened(new CheckId(RandomIds.next(random)), caller, statement, at);
    return gather(proof.certificate(), at)
        .chain(gathered -> {
          Verdict verdict = judge.judge(proof, statement, gathered.revocation(), policy, at);
          Judged judged =
              check.registered(verdict, gathered.listing(), gathered.person(), first.id());
          return commit(
              judged, first, written(judged, first, proof, verdict, key), gathered.revocation());
        });
  }

  private record Gathered(
      List<RevocationEvidence> revocation, Listing listing, Optional<PersonCoverage> person) {}

  private Uni<Gathered> gather(UntrustedCertificate certificate, Instant at) {
    Optional<CertId> id = CertId.of(certificate, policy.anchors());
    if (id.isEmpty()) {
      return Uni.createFrom()
          .item(new Gathered(List.of(), new Listing.NotListed(), Optional.empty()));
    }
    return Uni.combine()
        .all()
        .unis(
            gather.revocation(certificate, at).map(GatherProof.Revocation::evidence),
            holders.of(id.get()))
        .asTuple()
        .chain(both ->
            person(both.getItem2())
                .map(person -> new Gathered(both.getItem1(), both.getItem2(), person)));
  }

  private Uni<Optional<PersonCoverage>> person(Listing listing) {
    return switch (listing) {
      case Listing.Listed(var code, var before) -> coverage.byCode(code);
      case Listing.NotListed(), Listing.Unavailable() -> Uni.createFrom().item(Optional.empty());
    };
  }

  private Uni<CheckOutcome> commit(
      Judged check,
      CheckRecord first,
      Recording.Written written,
      List<RevocationEvidence> revocationOfNow) {
    return station
        .commit(recording.of(check, written, revocationOfNow))
        .chain(committed ->
            switch (committed) {
              case Committed.Done(var receipt) -> now(new CheckOutcome.Committed(check, receipt));
              case Committed.Replayed() -> overtakenBy(check, first, written.key());
              // Linked to somebody else between our look and our commit.
              case Committed.Overtaken() ->
                  now(new CheckOutcome.Declined(Reason.CHECK_NOT_POSSIBLE));
              case Committed.PassSpent(), Committed.AlreadyConsented() ->
                  throw new IllegalStateException("a registration is neither");
            });
  }

  /** The same was asked twice at once, or the key was taken for something else meanwhile. */
  private Uni<CheckOutcome> overtakenBy(
      Judged check, CheckRecord first, Optional<IdempotencyKey> key) {
    Caller caller = check.opened().caller();
    return made(caller, first)
        .chain(made ->
            made.isPresent()
                ? now(made.get())
                : recall.of(caller, key, check.opened().at()).map(Optional::orElseThrow));
  }

  /** A check is registered once: its own id is the key that is spent, where it comes to that. */
  private static Recording.Written written(
      Judged check,
      CheckRecord first,
      UntrustedProof proof,
      Verdict verdict,
      Optional<IdempotencyKey> key) {
    boolean comesToThat = check instanceof Answered;
    return new Recording.Written(
        proof,
        Optional.of(verdict),
        comesToThat ? Optional.of(keyOf(first)) : Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        comesToThat ? key : Optional.empty());
  }

  private static ChallengeKey keyOf(CheckRecord first) {
    return new ChallengeKey(first.at(), first.id().value());
  }

  private static Uni<CheckOutcome> now(CheckOutcome outcome) {
    return Uni.createFrom().item(outcome);
  }
}
