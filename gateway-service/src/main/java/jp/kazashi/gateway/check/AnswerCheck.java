package jp.kazashi.gateway.check;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import jp.kazashi.gateway.check.EligibilityCheck.Answered;
import jp.kazashi.gateway.check.EligibilityCheck.Judged;
import jp.kazashi.gateway.check.EligibilityCheck.Opened;
import jp.kazashi.gateway.check.EligibilityCheck.Refused;
import jp.kazashi.gateway.port.SnapshotCheck;
import jp.kazashi.jpki.certificate.CertId;
import jp.kazashi.jpki.certificate.UntrustedCertificate;
import jp.kazashi.jpki.revocation.FetchRevocation;
import jp.kazashi.jpki.revocation.RevocationEvidence;
import jp.kazashi.jpki.statement.Challenge;
import jp.kazashi.jpki.statement.ChallengeStatement;
import jp.kazashi.jpki.verdict.CertificateFacts;
import jp.kazashi.jpki.verdict.JudgePolicy;
import jp.kazashi.jpki.verdict.ProofJudge;
import jp.kazashi.jpki.verdict.UntrustedProof;
import jp.kazashi.jpki.verdict.Verdict;
import jp.kazashi.qualification.audit.AuditEvent;
import jp.kazashi.qualification.check.ChallengeKey;
import jp.kazashi.qualification.check.CheckId;
import jp.kazashi.qualification.check.CheckRecord;
import jp.kazashi.qualification.check.ConfirmedBy;
import jp.kazashi.qualification.medical.MedicalCategory;
import jp.kazashi.qualification.staff.VisualPass;
import jp.kazashi.qualification.store.CommitStation;
import jp.kazashi.qualification.store.Committed;
import jp.kazashi.qualification.store.Evidence;
import jp.kazashi.qualification.store.FindCheck;
import jp.kazashi.qualification.store.FindCoverage;
import jp.kazashi.qualification.store.HolderCoverage;
import jp.kazashi.qualification.store.KeepAnswers;
import jp.kazashi.qualification.store.KeptAnswer;
import jp.kazashi.qualification.store.KeptUnder;
import jp.kazashi.qualification.store.Station.CheckStation;
import org.jspecify.annotations.Nullable;

/**
 * One proof in, one answer out. Gather, judge, commit: this is the only place where their order is
 * written.
 */
public final class AnswerCheck {
  /** How far a terminal's clock may be from ours before its time is worth nothing. */
  static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

  private static final int ANSWERED = 200;
  private static final int REFUSED = 422;

  private final ChallengeSeal seal;
  private final HolderConfirmation confirmation;
  private final FetchRevocation revocation;
  private final FindCoverage coverage;
  private final CommitStation station;
  private final FindCheck checks;
  private final KeepAnswers answers;
  private final SnapshotCheck snapshot;
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
      SnapshotCheck snapshot,
      JudgePolicy policy,
      InstantSource clock,
      RandomGenerator random) {
    this.seal = seal;
    this.confirmation = confirmation;
    this.revocation = revocation;
    this.coverage = coverage;
    this.station = station;
    this.checks = checks;
    this.answers = answers;
    this.snapshot = snapshot;
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
    return gather(sent.proof().certificate())
        .chain(gathered -> commit(sent, judge(sent, gathered), gathered.revocation()));
  }

  /** What the judgement will need, all asked for at once. Nothing of it is trusted yet. */
  private record Gathered(List<RevocationEvidence> revocation, HolderCoverage holder) {}

  private Uni<Gathered> gather(UntrustedCertificate certificate) {
    Uni<List<RevocationEvidence>> evidence =
        CertId.of(certificate, policy.anchors())
            .map(id -> Uni.createFrom().completionStage(() -> revocation.about(id)))
            .orElseGet(() -> Uni.createFrom().item(List.of()));
    Uni<HolderCoverage> holder =
        certificate
            .claimedHolder()
            .map(key -> coverage.byHolder(HolderLinks.of(key)))
            .orElseGet(() -> Uni.createFrom().item(new HolderCoverage.NotLinked()));
    return Uni.combine().all().unis(evidence, holder).with(Gathered::new);
  }

  private Judged judge(Submission sent, Gathered gathered) {
    Opened check = sent.check();
    Verdict verdict =
        judge.judge(sent.proof(), check.statement(), gathered.revocation(), policy, check.at());
    return check.judged(verdict, gathered.holder());
  }

  private Uni<CheckOutcome> commit(
      Submission sent, Judged check, List<RevocationEvidence> revocation) {
    Uni<CheckOutcome> committed =
        station
            .commit(stationOf(sent, check, revocation))
            .chain(outcome ->
                switch (outcome) {
                  case Committed.Done(var receipt) ->
                      Uni.createFrom().item(new CheckOutcome.Committed(check, receipt));
                  case Committed.Replayed() -> orRecalled(sent, Reason.CHALLENGE_REPLAYED);
                  case Committed.PassSpent() -> declined(Reason.VISUAL_PASS_SPENT);
                  case Committed.AlreadyConsented(), Committed.Overtaken() ->
                      throw new IllegalStateException("a check is not a consent");
                });
    return sent.key().isEmpty() ? committed : orKeptElsewhere(committed, sent);
  }

  private Uni<CheckOutcome> orRecalled(Submission sent, Reason reason) {
    return recall(sent.check().caller(), sent.key(), sent.check().at())
        .map(known -> known.orElseGet(() -> new CheckOutcome.Declined(reason)));
  }

  /** Another node may have taken the key between our look and our commit. */
  private Uni<CheckOutcome> orKeptElsewhere(Uni<CheckOutcome> committed, Submission sent) {
    return committed
        .onFailure()
        .recoverWithUni(failure ->
            recall(sent.check().caller(), sent.key(), sent.check().at())
                .onFailure()
                .recoverWithItem(Optional.empty())
                .chain(known ->
                    known
                        .map(outcome -> Uni.createFrom().item(outcome))
                        .orElseGet(() -> Uni.createFrom().failure(failure))));
  }

  private CheckStation stationOf(
      Submission sent, Judged check, List<RevocationEvidence> revocation) {
    Opened opened = check.opened();
    Challenge challenge = opened.statement().challenge();
    return new CheckStation(
        recordOf(check),
        Optional.of(new ChallengeKey(challenge.issuedAt(), challenge.id().value())),
        sent.pass().map(VisualPass::id),
        opened.caller().actor(),
        particularsOf(check, sent.pass()),
        evidenceOf(opened.statement(), sent.proof(), revocation),
        Optional.of(CheckEvents.of(check)),
        sent.key().map(each -> keptUnder(each, check)));
  }

  /** By its id alone: what was answered stands in the check itself. */
  private static KeptUnder keptUnder(IdempotencyKey key, Judged check) {
    int status = check instanceof Answered ? ANSWERED : REFUSED;
    byte[] id = check.id().toString().getBytes(US_ASCII);
    return new KeptUnder(
        check.opened().caller().certificate(),
        key.key(),
        new KeptAnswer(key.request(), status, id, check.opened().at()));
  }

  private static Map<String, String> particularsOf(Judged check, Optional<VisualPass> pass) {
    Map<String, String> particulars = new TreeMap<>();
    particulars.put("judged", detailOf(check));
    particulars.put("verdict", check.evidence().hex());
    particulars.put("holderBy", HolderConfirmation.wordOf(check.opened().statement().method()));
    pass.ifPresent(each -> particulars.put(AuditEvent.STAFF, each.staff().toString()));
    return particulars;
  }

  private CheckRecord recordOf(Judged check) {
    Opened opened = check.opened();
    Optional<CertificateFacts> certificate = certificateOf(check);
    return new CheckRecord(
        check.id(),
        opened.at(),
        opened.caller().institution(),
        opened.caller().system(),
        ConfirmedBy.valueOf(opened.statement().method().name()),
        check instanceof Refused refused ? refused.reason().name() : null,
        check instanceof Answered answered ? answered.person().id() : null,
        nullable(certificate.map(facts -> facts.phase().name())),
        nullable(certificate.map(CertificateFacts::ends)),
        offeredBy(check),
        snapshot.of(check));
  }

  private static Optional<CertificateFacts> certificateOf(Judged check) {
    return switch (check) {
      case Answered answered -> Optional.of(answered.certificate());
      case Refused refused -> refused.certificate();
    };
  }

  private static Set<MedicalCategory> offeredBy(Judged check) {
    return switch (check) {
      case Answered answered -> answered.offered();
      case Refused refused -> Set.of();
    };
  }

  private static String detailOf(Judged check) {
    return switch (check) {
      case Answered answered -> answered.coverage().validity().name();
      case Refused refused -> refused.detail();
    };
  }

  private static List<Evidence> evidenceOf(
      ChallengeStatement statement, UntrustedProof proof, List<RevocationEvidence> revocation) {
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(new Evidence("STATEMENT", statement.bytes()));
    evidence.add(new Evidence("CERTIFICATE", proof.certificate().der().toArray()));
    evidence.add(new Evidence("SIGNATURE", proof.signature().toArray()));
    for (RevocationEvidence each : revocation) {
      switch (each) {
        case RevocationEvidence.OcspAnswer answer ->
            evidence.add(new Evidence("OCSP", answer.body().toArray()));
        // A list is too long to be kept with every check: its digest names it.
        case RevocationEvidence.CrlSnapshot known ->
            evidence.add(new Evidence("CRL_SHA256", known.list().digest().toArray()));
        case RevocationEvidence.Unanswered silence -> {}
      }
    }
    return evidence;
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

  private static <T> @Nullable T nullable(Optional<T> value) {
    return value.orElse(null);
  }
}
