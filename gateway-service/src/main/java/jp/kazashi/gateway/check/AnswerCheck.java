package jp.kazashi.gateway.check;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import jp.kazashi.gateway.check.EligibilityCheck.Judged;
import jp.kazashi.gateway.check.EligibilityCheck.Opened;
import jp.kazashi.gateway.port.FindHolder;
import jp.kazashi.gateway.port.FindHolder.Listing;
import jp.kazashi.gateway.port.LastEvidence;
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
import jp.kazashi.qualification.audit.AuditEvent;
import jp.kazashi.qualification.audit.AuditKind;
import jp.kazashi.qualification.check.ChallengeKey;
import jp.kazashi.qualification.check.CheckId;
import jp.kazashi.qualification.holder.HolderLink;
import jp.kazashi.qualification.staff.VisualPass;
import jp.kazashi.qualification.store.CommitStation;
import jp.kazashi.qualification.store.CommitUnknown;
import jp.kazashi.qualification.store.Committed;
import jp.kazashi.qualification.store.FindCoverage;
import jp.kazashi.qualification.store.HolderCoverage;
import jp.kazashi.qualification.store.NotCommitted;
import jp.kazashi.qualification.store.Station.DeskStation;

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
  private final OutagePolicy outage;
  private final FindCoverage coverage;
  private final CommitStation station;
  private final RecallAnswer recall;
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
      LastEvidence last,
      OutagePolicy outage,
      FindCoverage coverage,
      CommitStation station,
      RecallAnswer recall,
      FindHolder holders,
      Recording recording,
      JudgePolicy policy,
      InstantSource clock,
      RandomGenerator random) {
    this.seal = seal;
    this.confirmation = confirmation;
    this.gather = new GatherProof(revocation, last, coverage, policy);
    this.outage = outage;
    this.coverage = coverage;
    this.station = station;
    this.recall = recall;
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
    return recall
        .of(caller, key, at)
        .chain(known ->
            known.isPresent()
                ? Uni.createFrom().item(known.get())
                : answerAnew(caller, sent, key, at));
  }

  private Uni<CheckOutcome> answerAnew(
      Caller caller, UntrustedSubmission sent, Optional<IdempotencyKey> key, Instant at) {
    return switch (seal.open(sent.sealedChallenge(), at)) {
      case ChallengeSeal.Opening.OutOfTime(Challenge challenge) ->
          declined(caller, Reason.CHALLENGE_EXPIRED, challengeIn(caller, challenge), at);
      case ChallengeSeal.Opening.Unreadable() ->
          declined(caller, Reason.CHALLENGE_UNREADABLE, Map.of(), at);
      case ChallengeSeal.Opening.Open(Challenge challenge) ->
          opened(caller, challenge, sent, key, at);
    };
  }

  private Uni<CheckOutcome> opened(
      Caller caller,
      Challenge challenge,
      UntrustedSubmission sent,
      Optional<IdempotencyKey> key,
      Instant at) {
    if (!isNear(sent.confirmedAt(), at)) {
      return declined(caller, Reason.TERMINAL_CLOCK_OFF, challengeIn(caller, challenge), at);
    }
    return isOwn(caller, challenge)
        ? confirmed(opened(caller, challenge, sent, at), sent, key)
        // Whatever the card signed, it was not what this terminal was asked to have signed.
        : declined(caller, Reason.SIGNATURE_INVALID, challengeIn(caller, challenge), at);
  }

  /** Whose word for the holder it is comes before anything is gathered. */
  private Uni<CheckOutcome> confirmed(
      Opened check, UntrustedSubmission sent, Optional<IdempotencyKey> key) {
    return confirmation
        .of(check.caller(), sent.method(), sent.pass())
        .chain(ruling ->
            switch (ruling) {
              case HolderConfirmation.Ruling.Admitted(var pass) ->
                  answer(new Submission(check, sent.proof(), pass, sent.face(), key));
              case HolderConfirmation.Ruling.Declined(var reason) -> declined(check, reason);
            });
  }

  /** A proof under an open challenge, and what goes with it into the record. */
  private record Submission(
      Opened check,
      UntrustedProof proof,
      Optional<VisualPass> pass,
      Optional<FaceCalibration> face,
      Optional<IdempotencyKey> key) {}

  private Uni<CheckOutcome> answer(Submission sent) {
    return gather
        .about(sent.proof().certificate(), sent.check().at())
        .chain(gathered -> {
          Verdict verdict = judge(sent, gathered);
          Optional<Softening> softening = softening(verdict, gathered, sent.check().at());
          return kin(sent.proof().certificate(), verdict, gathered.holder())
              .chain(kin ->
                  commit(
                      sent,
                      verdict,
                      sent.check()
                          .judged(verdict, softening, gathered.holder(), kin, policy.expiry()),
                      gathered.revocation().evidence()));
        });
  }

  private Verdict judge(Submission sent, GatherProof.Gathered gathered) {
    Opened check = sent.check();
    List<RevocationEvidence> evidence = gathered.revocation().evidence();
    return judge.judge(sent.proof(), check.statement(), evidence, policy, check.at());
  }

  private Optional<Softening> softening(
      Verdict verdict, GatherProof.Gathered gathered, Instant at) {
    GatherProof.Revocation revocation = gathered.revocation();
    return verdict instanceof Verdict.Undetermined
        ? outage.soften(
            revocation.evidence(), gather.findings(revocation, at), revocation.lastHad(), at)
        : Optional.empty();
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
                  case Committed.PassSpent() -> declined(sent.check(), Reason.VISUAL_PASS_SPENT);
                  // Linked to somebody else between our look and our commit.
                  case Committed.Overtaken() -> declined(sent.check(), Reason.CHECK_NOT_POSSIBLE);
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
        sent.face(),
        sent.key());
  }

  private Uni<CheckOutcome> orRecalled(Submission sent, Reason reason) {
    return recall
        .of(sent.check().caller(), sent.key(), sent.check().at())
        .chain(known ->
            known
                .map(outcome -> Uni.createFrom().item(outcome))
                .orElseGet(() -> declined(sent.check(), reason)));
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
            recall
                .of(sent.check().caller(), sent.key(), sent.check().at())
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

  private Uni<CheckOutcome> declined(Opened check, Reason reason) {
    Challenge challenge = check.statement().challenge();
    return declined(check.caller(), reason, challengeIn(check.caller(), challenge), check.at());
  }

  /** Nothing of the proof is kept: whose it is was never proven. Who sent it is, and is written. */
  private Uni<CheckOutcome> declined(
      Caller caller, Reason reason, Map<String, String> details, Instant at) {
    AuditEvent event =
        AuditEvent.of(
            at, AuditKind.PROOF_REFUSED, caller.actor(), null, null, reason.name(), details);
    return station.commit(new DeskStation(event)).replaceWith(new CheckOutcome.Declined(reason));
  }

  private static Map<String, String> challengeIn(Caller caller, Challenge challenge) {
    return Map.of(
        "challenge", challenge.id().value().toString(),
        "issuedAt", challenge.issuedAt().toString(),
        "issuedTo", isOwn(caller, challenge) ? "THIS_TERMINAL" : "ANOTHER_TERMINAL");
  }

  private static boolean isOwn(Caller caller, Challenge challenge) {
    return challenge.institution().equals(caller.statedInstitution())
        && challenge.terminal().equals(caller.statedTerminal());
  }
}
