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

  public Uni<CheckOutcome> register(Caller caller, CheckId first) {
    Instant at = clock.instant();
    return checks
        .byId(first, caller.institution())
        .chain(found ->
            switch (admit(found, caller, at)) {
              case Ruling.Admitted(var check) ->
                  evidence
                      .of(first)
                      .chain(kept -> register(caller, check, new StoredEvidence(kept), at));
              case Ruling.Declined(var reason) -> declined(reason);
            });
  }

  private sealed interface Ruling {
    record Admitted(CheckRecord first) implements Ruling {}

    record Declined(Reason reason) implements Ruling {}
  }

  private static Ruling admit(Optional<FoundCheck> found, Caller caller, Instant at) {
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
    return Duration.between(first.at(), at).compareTo(LATEST) > 0
        ? new Ruling.Declined(Reason.REGISTRATION_TOO_LATE)
        : new Ruling.Admitted(first);
  }

  private Uni<CheckOutcome> register(
      Caller caller, CheckRecord first, StoredEvidence kept, Instant at) {
    UntrustedProof proof = kept.proof();
    ChallengeStatement statement = kept.statement();
    Opened check = new Opened(new CheckId(RandomIds.next(random)), caller, statement, at);
    return gather(proof.certificate(), at)
        .chain(gathered -> {
          Verdict verdict = judge.judge(proof, statement, gathered.revocation(), policy, at);
          Judged judged =
              check.registered(verdict, gathered.listing(), gathered.person(), first.id());
          return commit(judged, first, proof, verdict, gathered.revocation());
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
      UntrustedProof proof,
      Verdict verdict,
      List<RevocationEvidence> revocationOfNow) {
    return station
        .commit(recording.of(check, written(check, first, proof, verdict), revocationOfNow))
        .map(committed ->
            switch (committed) {
              case Committed.Done(var receipt) -> new CheckOutcome.Committed(check, receipt);
              case Committed.Replayed() ->
                  new CheckOutcome.Declined(Reason.REGISTRATION_ALREADY_MADE);
              // Linked to somebody else between our look and our commit.
              case Committed.Overtaken() -> new CheckOutcome.Declined(Reason.CHECK_NOT_POSSIBLE);
              case Committed.PassSpent(), Committed.AlreadyConsented() ->
                  throw new IllegalStateException("a registration is neither");
            });
  }

  /** A check is registered once: its own id is the key that is spent, where it comes to that. */
  private static Recording.Written written(
      Judged check, CheckRecord first, UntrustedProof proof, Verdict verdict) {
    Optional<ChallengeKey> once =
        check instanceof Answered
            ? Optional.of(new ChallengeKey(first.at(), first.id().value()))
            : Optional.empty();
    return new Recording.Written(
        proof, Optional.of(verdict), once, Optional.empty(), Optional.empty());
  }

  private static Uni<CheckOutcome> declined(Reason reason) {
    return Uni.createFrom().item(new CheckOutcome.Declined(reason));
  }
}
