package jp.kazashi.gateway.check;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import jp.kazashi.gateway.check.EligibilityCheck.Judged;
import jp.kazashi.gateway.check.EligibilityCheck.Opened;
import jp.kazashi.gateway.port.FindHolder;
import jp.kazashi.gateway.port.FindHolder.Listing;
import jp.kazashi.jpki.certificate.CertId;
import jp.kazashi.jpki.certificate.UntrustedCertificate;
import jp.kazashi.jpki.revocation.FetchRevocation;
import jp.kazashi.jpki.revocation.RevocationEvidence;
import jp.kazashi.jpki.statement.Challenge;
import jp.kazashi.jpki.statement.ChallengeStatement;
import jp.kazashi.jpki.verdict.JudgePolicy;
import jp.kazashi.jpki.verdict.ProofJudge;
import jp.kazashi.jpki.verdict.UntrustedProof;
import jp.kazashi.jpki.verdict.Verdict;
import jp.kazashi.qualification.check.ChallengeKey;
import jp.kazashi.qualification.check.CheckId;
import jp.kazashi.qualification.holder.HolderLink;
import jp.kazashi.qualification.staff.VisualPass;
import jp.kazashi.qualification.store.CommitStation;
import jp.kazashi.qualification.store.CommitUnknown;
import jp.kazashi.qualification.store.Committed;
import jp.kazashi.qualification.store.FindCheck;
import jp.kazashi.qualification.store.FindCoverage;
import jp.kazashi.qualification.store.HolderCoverage;
import jp.kazashi.qualification.store.KeepAnswers;
import jp.kazashi.qualification.store.KeptAnswer;
import jp.kazashi.qualification.store.NotCommitted;

/**
 * One proof in, one answer out. Gather, judge, commit: this is the only place where their order is
 * written.
 */
public final class AnswerCheck {
  /** How far a terminal's clock may be from ours before its time is worth nothing. */
  static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

  private final ChallengeSeal seal;
  private final HolderConfirmation confirmation;
  private final GatherProof gather;
  private final FindCoverage coverage;
  private final CommitStation station;
  private final FindCheck checks;
  private final KeepAnswers answers;
  private final FindHolder holders;
  private final Recording recording;
  private final JudgePolicy policy;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final ProofJudge judge = new ProofJudge();

  public AnswerCheck(
      ChallengeSeal seal,
      HolderConfirmation confirmation,
      FetchRevocation revocation,
      FindCoverage coverage,
      CommitStation station,
      FindCheck checks,
      KeepAnswers answers,
      FindHolder holders,
      Recording recording,
      JudgePolicy policy,
      InstantSource clock,
      RandomGenerator random) {
    this.seal = seal;
    this.confirmation = confirmation;
    this.gather = new GatherProof(revocation, coverage, policy.anchors());
    this.coverage = coverage;
    this.station = station;
    this.checks = checks;
    this.answers = answers;
    this.holders = holders;
    this.recording = recording;
    this.policy = policy;
    this.clock = clock;
    this.random = random;
  }

  /**
   * A retry under a known key is recognised before freshness and replay are judged, so that it
   * still works when its challenge has ended.
   */
  public Uni<CheckOutcome> answer(
      Caller caller, UntrustedSubmission sent, Optional<IdempotencyKey> key) {
    Instant at = clock.instant();
    if (key.isEmpty()) {
      return answerAnew(caller, sent, key, at);
    }
    return recall(caller, key, at)
        .chain(known ->
            known.isPresent()
                ? Uni.createFrom().item(known.get())
                : answerAnew(caller, sent, key, at));
  }

  private Uni<Optional<CheckOutcome>> recall(
      Caller caller, Optional<IdempotencyKey> key, Instant at) {
    if (key.isEmpty()) {
      return Uni.createFrom().item(Optional.empty());
    }
    return answers
        .find(caller.certificate(), key.get().key(), at)
        .chain(found -> {
          if (found.isEmpty()) {
            return Uni.createFrom().item(Optional.<CheckOutcome>empty());
          }
          KeptAnswer kept = found.get();
          return kept.request().equals(key.get().request())
              ? repeated(caller, kept).map(Optional::of)
              : declined(Reason.IDEMPOTENCY_KEY_REUSED).map(Optional::of);
        });
  }

  private Uni<CheckOutcome> repeated(Caller caller, KeptAnswer kept) {
    return checks
        .byId(CheckId.parse(new String(kept.answer(), US_ASCII)), caller.institution())
        .map(found -> new CheckOutcome.Repeated(found.orElseThrow()));
  }

  private Uni<CheckOutcome> answerAnew(
      Caller caller, UntrustedSubmission sent, Optional<IdempotencyKey> key, Instant at) {
    return switch (seal.open(sent.sealedChallenge(), at)) {
      case ChallengeSeal.Opening.OutOfTime() -> declined(Reason.CHALLENGE_EXPIRED);
      case ChallengeSeal.Opening.Unreadable() -> declined(Reason.CHALLENGE_UNREADABLE);
      case ChallengeSeal.Opening.Open(Challenge challenge) ->
          isNear(sent.confirmedAt(), at)
              ? confirmed(opened(caller, challenge, sent, at), sent, key)
              : declined(Reason.TERMINAL_CLOCK_OFF);
    };
  }

  /** Whose word for the holder it is comes before anything is gathered. */
  private Uni<CheckOutcome> confirmed(
      Opened check, UntrustedSubmission sent, Optional<IdempotencyKey> key) {
    return confirmation
        .of(check.caller(), sent.method(), sent.pass())
        .chain(ruling ->
            switch (ruling) {
              case HolderConfirmation.Ruling.Admitted(var pass) ->
                  answer(new Submission(check, sent.proof(), pass, key));
              case HolderConfirmation.Ruling.Declined(var reason) -> declined(reason);
            });
  }

  /** A proof under an open challenge, and what goes with it into the record. */
  private record Submission(
      Opened check,
      UntrustedProof proof,
      Optional<VisualPass> pass,
      Optional<IdempotencyKey> key) {}

  private Uni<CheckOutcome> answer(Submission sent) {
    return gather
        .about(sent.proof().certificate())
        .chain(gathered -> {
          Verdict verdict = judge(sent, gathered);
          return kin(sent.proof().certificate(), verdict, gathered.holder())
              .chain(kin ->
                  commit(
                      sent,
                      verdict,
                      sent.check().judged(verdict, gathered.holder(), kin, policy.expiry()),
                      gathered.revocation()));
        });
  }

  private Verdict judge(Submission sent, GatherProof.Gathered gathered) {
    Opened check = sent.check();
    return judge.judge(sent.proof(), check.statement(), gathered.revocation(), policy, check.at());
  }

  /** The directory is asked about trusted certificates alone, and only where no link is known. */
  private Uni<Kin> kin(UntrustedCertificate certificate, Verdict verdict, HolderCoverage holder) {
    Optional<CertId> id = CertId.of(certificate, policy.anchors());
    Optional<Instant> began = certificate.claimedBeginning();
    if (!(verdict instanceof Verdict.Trusted)
        || !(holder instanceof HolderCoverage.NotLinked)
        || id.isEmpty()
        || began.isEmpty()) {
      return Uni.createFrom().item(new Kin.NotAsked());
    }
    return holders
        .of(id.get())
        .chain(listing ->
            switch (listing) {
              case Listing.Listed listed -> listed(listed, began.get());
              case Listing.NotListed() -> Uni.createFrom().item(new Kin.NotListed());
              case Listing.Unavailable() -> Uni.createFrom().item(new Kin.Unavailable());
            });
  }

  /** The nearest is enough: whether those before it came in time cannot be told here. */
  private Uni<Kin> listed(Listing.Listed listed, Instant began) {
    return listed.predecessors().stream()
        .findFirst()
        .map(before -> {
          HolderLink link = HolderLinks.of(before.holder());
          return coverage
              .byHolder(link)
              .<Kin>map(known ->
                  new Kin.Listed(
                      listed.code(), began, List.of(new Kin.Before(link, before.ends(), known))));
        })
        .orElseGet(() -> Uni.createFrom().item(new Kin.Listed(listed.code(), began, List.of())));
  }

  private Uni<CheckOutcome> commit(
      Submission sent, Verdict verdict, Judged check, List<RevocationEvidence> revocation) {
    Uni<CheckOutcome> committed =
        station
            .commit(recording.of(check, written(sent, verdict), revocation))
            .chain(outcome ->
                switch (outcome) {
                  case Committed.Done(var receipt) ->
                      Uni.createFrom().item(new CheckOutcome.Committed(check, receipt));
                  case Committed.Replayed() -> orRecalled(sent, Reason.CHALLENGE_REPLAYED);
                  case Committed.PassSpent() -> declined(Reason.VISUAL_PASS_SPENT);
                  // Linked to somebody else between our look and our commit.
                  case Committed.Overtaken() -> declined(Reason.CHECK_NOT_POSSIBLE);
                  case Committed.AlreadyConsented() ->
                      throw new IllegalStateException("a check is not a consent");
                });
    return sent.key().isEmpty() ? committed : orKeptElsewhere(committed, sent);
  }

  private static Recording.Written written(Submission sent, Verdict verdict) {
    Challenge challenge = sent.check().statement().challenge();
    return new Recording.Written(
        sent.proof(),
        Optional.of(verdict),
        Optional.of(new ChallengeKey(challenge.issuedAt(), challenge.id().value())),
        sent.pass(),
        sent.key());
  }

  private Uni<CheckOutcome> orRecalled(Submission sent, Reason reason) {
    return recall(sent.check().caller(), sent.key(), sent.check().at())
        .map(known -> known.orElseGet(() -> new CheckOutcome.Declined(reason)));
  }

  /**
   * Another node may have taken the key between our look and our commit. A store that is silent is
   * not asked again: whoever sent this asks under its key.
   */
  private Uni<CheckOutcome> orKeptElsewhere(Uni<CheckOutcome> committed, Submission sent) {
    return committed
        .onFailure(
            failure -> !(failure instanceof CommitUnknown || failure instanceof NotCommitted))
        .recoverWithUni(failure ->
            recall(sent.check().caller(), sent.key(), sent.check().at())
                .onFailure()
                .recoverWithItem(Optional.empty())
                .chain(known ->
                    known
                        .map(outcome -> Uni.createFrom().item(outcome))
                        .orElseGet(() -> Uni.createFrom().failure(failure))));
  }

  private Opened opened(Caller caller, Challenge challenge, UntrustedSubmission sent, Instant at) {
    // The caller's own institution and terminal, never the challenge's: another terminal's
    // challenge makes another statement, and so a bad signature.
    var ours =
        new Challenge(
            challenge.id(),
            challenge.issuedAt(),
            caller.statedInstitution(),
            caller.statedTerminal());
    var id = new CheckId(RandomIds.next(random));
    return new Opened(
        id, caller, new ChallengeStatement(ours, sent.method(), sent.confirmedAt()), at);
  }

  private static boolean isNear(Instant claimed, Instant at) {
    return Duration.between(claimed, at).abs().compareTo(CLOCK_TOLERANCE) <= 0;
  }

  private static Uni<CheckOutcome> declined(Reason reason) {
    return Uni.createFrom().item(new CheckOutcome.Declined(reason));
  }
}
