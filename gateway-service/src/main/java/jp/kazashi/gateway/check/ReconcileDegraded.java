package jp.kazashi.gateway.check;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import jp.kazashi.gateway.check.EligibilityCheck.Answered;
import jp.kazashi.gateway.check.EligibilityCheck.Judged;
import jp.kazashi.gateway.check.EligibilityCheck.Opened;
import jp.kazashi.gateway.check.EligibilityCheck.Refused;
import jp.kazashi.gateway.port.LastEvidence;
import jp.kazashi.gateway.port.OpenRecord;
import jp.kazashi.jpki.revocation.FetchRevocation;
import jp.kazashi.jpki.revocation.RevocationEvidence;
import jp.kazashi.jpki.statement.Challenge;
import jp.kazashi.jpki.statement.ChallengeId;
import jp.kazashi.jpki.statement.ChallengeStatement;
import jp.kazashi.jpki.statement.Line;
import jp.kazashi.jpki.statement.VerificationMethod;
import jp.kazashi.jpki.verdict.EvidenceDigest;
import jp.kazashi.jpki.verdict.JudgePolicy;
import jp.kazashi.jpki.verdict.ProofJudge;
import jp.kazashi.jpki.verdict.Verdict;
import jp.kazashi.qualification.audit.AuditReceipt;
import jp.kazashi.qualification.audit.Digest;
import jp.kazashi.qualification.check.ChallengeKey;
import jp.kazashi.qualification.check.CheckId;
import jp.kazashi.qualification.store.CommitStation;
import jp.kazashi.qualification.store.Committed;
import jp.kazashi.qualification.store.FindCoverage;
import jp.kazashi.qualification.store.KeepReconciliations;
import jp.kazashi.qualification.store.Reconciliation;
import jp.kazashi.qualification.store.Station.CheckStation;
import jp.kazashi.qualification.store.Station.ReconciledStation;
import jp.kazashi.qualification.store.StationEvent;
import org.jspecify.annotations.Nullable;

/**
 * Judges what a terminal recorded while the line was down: each record once, in the order of its
 * chain, the card as it stood then and its revocation as it is known now. It tells who was insured;
 * it never opens consents, records or a registration.
 */
public final class ReconcileDegraded {
  public static final Duration LONGEST = Duration.ofDays(3);
  public static final int MOST = 2000;

  /** What a record came to that was answered. */
  public static final String ANSWERED = "ANSWERED";

  private final OpenRecord seal;
  private final KeepReconciliations reconciliations;
  private final GatherProof gather;
  private final CommitStation station;
  private final Recording recording;
  private final JudgePolicy policy;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final ProofJudge judge = new ProofJudge();

  public ReconcileDegraded(
      OpenRecord seal,
      KeepReconciliations reconciliations,
      FetchRevocation revocation,
      FindCoverage coverage,
      CommitStation station,
      Recording recording,
      JudgePolicy policy,
      InstantSource clock,
      RandomGenerator random) {
    this.seal = seal;
    this.reconciliations = reconciliations;
    this.gather = new GatherProof(revocation, LastEvidence.none(), coverage, policy);
    this.station = station;
    this.recording = recording;
    this.policy = policy;
    this.clock = clock;
    this.random = random;
  }

  /** What sending a record comes to. */
  public sealed interface Outcome {
    /**
     * Judged, now or before.
     *
     * @param typed whom staff wrote down, to whoever recorded it
     * @param receipt of what was written now; empty when it was judged before
     */
    record Reconciled(
        Reconciliation record, Optional<RecordedVisit.Typed> typed, Optional<AuditReceipt> receipt)
        implements Outcome {}

    /** Not judged, and to be sent again when what it says is put right. */
    record Declined(Reason reason) implements Outcome {}
  }

  /** One record under its name, sent by whoever recorded it. */
  private record Sent(Caller caller, SealedRecord record, Digest digest, Instant at) {}

  public Uni<Outcome> reconcile(Caller caller, SealedRecord record) {
    if (!seal.holds(record.keyId())) {
      return declined(Reason.DEGRADED_KEY_UNKNOWN);
    }
    Sent sent = new Sent(caller, record, RecordPlace.digest(caller, record), clock.instant());
    return kept(sent, record.number())
        .chain(known -> known.isPresent() ? repeated(sent, known.get()) : followedOn(sent));
  }

  private Uni<Optional<Reconciliation>> kept(Sent sent, long number) {
    return reconciliations.find(
        sent.caller().institution(),
        sent.caller().system(),
        sent.record().chain().toString(),
        number);
  }

  /** A record is told again what it came to; another one under its number is told nothing. */
  private Uni<Outcome> repeated(Sent sent, Reconciliation known) {
    if (!known.digest().equals(sent.digest())) {
      return declined(Reason.DEGRADED_NUMBER_TAKEN);
    }
    Optional<RecordedVisit.Typed> typed =
        seal.open(sent.caller(), sent.record()).map(RecordedVisit::typed);
    return Uni.createFrom().item(new Outcome.Reconciled(known, typed, Optional.empty()));
  }

  private Uni<Outcome> followedOn(Sent sent) {
    return follows(sent)
        .chain(follows -> follows ? withinBounds(sent) : declined(Reason.DEGRADED_CHAIN_GAP));
  }

  /** What lies behind a gap is taken only when the terminal says that there is one. */
  private Uni<Boolean> follows(Sent sent) {
    SealedRecord record = sent.record();
    if (record.afterGap()) {
      return reconciliations
          .last(sent.caller().institution(), sent.caller().system(), record.chain().toString())
          .map(last -> record.number() > last);
    }
    if (record.number() == 1) {
      return Uni.createFrom().item(record.previous().equals(RecordPlace.NONE));
    }
    return kept(sent, record.number() - 1)
        .map(before -> before.map(Reconciliation::digest).equals(Optional.of(record.previous())));
  }

  private Uni<Outcome> withinBounds(Sent sent) {
    return reconciliations
        .countAfter(sent.caller().institution(), sent.caller().system(), sent.at().minus(LONGEST))
        .chain(count ->
            count >= MOST
                ? declined(Reason.DEGRADED_TOO_MANY)
                : seal.open(sent.caller(), sent.record())
                    .map(visit -> opened(sent, visit))
                    .orElseGet(
                        () -> commitNone(sent, Reason.DEGRADED_UNREADABLE, Optional.empty())));
  }

  /** The time that was signed comes before anything of the card. */
  private Uni<Outcome> opened(Sent sent, RecordedVisit visit) {
    Opened check = openedCheck(sent, visit);
    Optional<Reason> refusal = refusalOf(visit, sent.at());
    if (refusal.isPresent()) {
      Judged refused = refused(check, visit, refusal.get());
      return commit(sent, visit, refused, Optional.empty(), List.of());
    }
    return gather
        .about(visit.proof().certificate(), sent.at())
        .chain(gathered -> {
          List<RevocationEvidence> revocation = gathered.revocation().evidence();
          Verdict verdict =
              judge.judge(visit.proof(), check.statement(), revocation, policy, sent.at());
          // Nobody is linked by it: the directory is not asked. And nothing is softened: it can
          // wait.
          Judged judged =
              check.judged(
                  verdict,
                  Optional.empty(),
                  gathered.holder(),
                  new Kin.NotAsked(),
                  policy.expiry());
          return isUndetermined(judged)
              ? declined(Reason.REVOCATION_UNAVAILABLE)
              : commit(sent, visit, judged, Optional.of(verdict), revocation);
        });
  }

  private static Optional<Reason> refusalOf(RecordedVisit visit, Instant at) {
    Instant newest = at.plus(AnswerCheck.CLOCK_TOLERANCE);
    Duration made = Duration.between(visit.madeAt(), visit.confirmedAt()).abs();
    if (visit.confirmedAt().isAfter(newest) || made.compareTo(AnswerCheck.CLOCK_TOLERANCE) > 0) {
      return Optional.of(Reason.TERMINAL_CLOCK_OFF);
    }
    if (visit.confirmedAt().isBefore(at.minus(LONGEST))) {
      return Optional.of(Reason.DEGRADED_TOO_OLD);
    }
    // No pass can be had while the line is down.
    return visit.method() == VerificationMethod.STAFF
        ? Optional.of(Reason.VISUAL_PASS_MISSING)
        : Optional.empty();
  }

  private static Refused refused(Opened check, RecordedVisit visit, Reason reason) {
    EvidenceDigest evidence = EvidenceDigest.of(visit.proof(), check.statement(), List.of());
    return new Refused(check, reason, reason.name(), Optional.empty(), evidence);
  }

  /** What is not known now is asked again later; the record is not used up by it. */
  private static boolean isUndetermined(Judged judged) {
    return judged instanceof Refused refused && refused.reason() == Reason.REVOCATION_UNAVAILABLE;
  }

  private Opened openedCheck(Sent sent, RecordedVisit visit) {
    // The caller's own institution and terminal: another's record is a bad signature.
    var challenge =
        new Challenge(
            new ChallengeId(visit.nonce()),
            visit.madeAt(),
            sent.caller().statedInstitution(),
            sent.caller().statedTerminal());
    var statement =
        new ChallengeStatement(challenge, visit.method(), visit.confirmedAt(), Line.DEGRADED);
    return new Opened(new CheckId(RandomIds.next(random)), sent.caller(), statement, sent.at());
  }

  private Uni<Outcome> commit(
      Sent sent,
      RecordedVisit visit,
      Judged check,
      Optional<Verdict> verdict,
      List<RevocationEvidence> evidence) {
    Reconciliation record = reconciliation(sent, check.id(), outcomeOf(check));
    return station
        .commit(
            new ReconciledStation(
                record,
                Optional.of(checkStation(check, visit, verdict, evidence)),
                sent.caller().actor(),
                particulars(sent),
                Optional.of(told(sent, record, check.id(), Optional.of(visit)))))
        .chain(committed ->
            switch (committed) {
              case Committed.Done(var receipt) ->
                  Uni.createFrom()
                      .item(
                          new Outcome.Reconciled(
                              record, Optional.of(visit.typed()), Optional.of(receipt)));
              // Its nonce was a check before: under this number it becomes none.
              case Committed.Replayed() ->
                  orJudgedElsewhere(
                      sent,
                      () ->
                          commitNone(sent, Reason.CHALLENGE_REPLAYED, Optional.of(visit.typed())));
              case Committed.Overtaken() -> orJudgedElsewhere(sent, () -> gap());
              case Committed.AlreadyConsented(), Committed.PassSpent() ->
                  throw new IllegalStateException("a record is no consent and has no pass");
            });
  }

  /** Used up without having become a check. */
  private Uni<Outcome> commitNone(Sent sent, Reason reason, Optional<RecordedVisit.Typed> typed) {
    Reconciliation record = reconciliation(sent, null, reason.name());
    CheckId noCheck = new CheckId(RandomIds.next(random));
    return station
        .commit(
            new ReconciledStation(
                record,
                Optional.empty(),
                sent.caller().actor(),
                particulars(sent),
                Optional.of(told(sent, record, noCheck, Optional.empty()))))
        .chain(committed ->
            switch (committed) {
              case Committed.Done(var receipt) ->
                  Uni.createFrom()
                      .item(new Outcome.Reconciled(record, typed, Optional.of(receipt)));
              case Committed.Overtaken() -> orJudgedElsewhere(sent, () -> gap());
              case Committed.Replayed(), Committed.AlreadyConsented(), Committed.PassSpent() ->
                  throw new IllegalStateException("no check spends nothing");
            });
  }

  /** Of two who send one record at the same moment, both are told what it came to. */
  private Uni<Outcome> orJudgedElsewhere(Sent sent, Supplier<Uni<Outcome>> otherwise) {
    return kept(sent, sent.record().number())
        .chain(known -> known.isPresent() ? repeated(sent, known.get()) : otherwise.get());
  }

  private static Uni<Outcome> gap() {
    return declined(Reason.DEGRADED_CHAIN_GAP);
  }

  private static String outcomeOf(Judged check) {
    return switch (check) {
      case Answered answered -> ANSWERED;
      case Refused refused -> refused.reason().name();
    };
  }

  private static Map<String, String> particulars(Sent sent) {
    return sent.record().afterGap() ? Map.of("gap", "DECLARED") : Map.of();
  }

  private static Reconciliation reconciliation(Sent sent, @Nullable CheckId check, String outcome) {
    return new Reconciliation(
        sent.caller().institution(),
        sent.caller().system(),
        sent.record().chain().toString(),
        sent.record().number(),
        sent.digest(),
        check,
        outcome,
        sent.at());
  }

  /**
   * Ids, how and when, and the outcome; nothing personal.
   *
   * @param visit of a record that became a check
   */
  private static StationEvent told(
      Sent sent, Reconciliation record, CheckId subject, Optional<RecordedVisit> visit) {
    String json =
        """
        {"checkId":%s,"terminal":"%s","chain":"%s","number":%d,"outcome":"%s","at":"%s"%s}\
        """
            .formatted(
                visit.map(judged -> "\"" + subject + "\"").orElse("null"),
                record.terminal(),
                record.chain(),
                record.number(),
                record.outcome(),
                sent.at(),
                visit.map(ReconcileDegraded::shown).orElse(""));
    return new StationEvent(record.institution(), sent.at(), "reconciliation", subject, json);
  }

  private static String shown(RecordedVisit visit) {
    return ",\"method\":\"%s\",\"recordedAt\":\"%s\""
        .formatted(visit.method(), visit.confirmedAt());
  }

  private CheckStation checkStation(
      Judged check,
      RecordedVisit visit,
      Optional<Verdict> verdict,
      List<RevocationEvidence> evidence) {
    Challenge challenge = check.opened().statement().challenge();
    return recording.of(
        check,
        new Recording.Written(
            visit.proof(),
            verdict,
            Optional.of(new ChallengeKey(challenge.issuedAt(), challenge.id().value())),
            Optional.empty(),
            visit.face(),
            Optional.empty()),
        evidence);
  }

  private static Uni<Outcome> declined(Reason reason) {
    return Uni.createFrom().item(new Outcome.Declined(reason));
  }
}
