package jp.kazashi.gateway.check;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import jp.kazashi.gateway.check.EligibilityCheck.Answered;
import jp.kazashi.gateway.check.EligibilityCheck.Judged;
import jp.kazashi.gateway.check.EligibilityCheck.Opened;
import jp.kazashi.gateway.check.EligibilityCheck.Refused;
import jp.kazashi.gateway.port.SnapshotCheck;
import jp.kazashi.jpki.bundle.EvidenceBundle;
import jp.kazashi.jpki.bundle.RecordedVerdict;
import jp.kazashi.jpki.revocation.RevocationEvidence;
import jp.kazashi.jpki.verdict.CertificateFacts;
import jp.kazashi.jpki.verdict.JudgePolicy;
import jp.kazashi.jpki.verdict.UntrustedProof;
import jp.kazashi.jpki.verdict.Verdict;
import jp.kazashi.qualification.audit.AuditEvent;
import jp.kazashi.qualification.check.ChallengeKey;
import jp.kazashi.qualification.check.CheckRecord;
import jp.kazashi.qualification.check.ConfirmedBy;
import jp.kazashi.qualification.medical.MedicalCategory;
import jp.kazashi.qualification.staff.VisualPass;
import jp.kazashi.qualification.store.Evidence;
import jp.kazashi.qualification.store.KeptAnswer;
import jp.kazashi.qualification.store.KeptUnder;
import jp.kazashi.qualification.store.Linking;
import jp.kazashi.qualification.store.Station.CheckStation;
import org.jspecify.annotations.Nullable;

/** What a judged check leaves in the record: itself, its evidence, its words for the audit. */
public final class Recording {
  private static final int ANSWERED = 200;
  private static final int REFUSED = 422;

  private final SnapshotCheck snapshot;
  private final JudgePolicy policy;
  private final Evidence rules;

  /**
   * Records what was judged by a policy.
   *
   * @param policy by which every check of this node is judged
   */
  public Recording(SnapshotCheck snapshot, JudgePolicy policy) {
    this.snapshot = snapshot;
    this.policy = policy;
    this.rules = new Evidence(StoredEvidence.RULES, EvidenceBundle.rules(policy));
  }

  /**
   * What goes with a check into the record.
   *
   * @param verdict what the proof was judged to be; of one refused for its time alone nothing
   * @param once what may be used only once, and is by it
   * @param face by which calibration the terminal says it compared a face
   */
  record Written(
      UntrustedProof proof,
      Optional<Verdict> verdict,
      Optional<ChallengeKey> once,
      Optional<VisualPass> pass,
      Optional<FaceCalibration> face,
      Optional<IdempotencyKey> key) {}

  CheckStation of(Judged check, Written with, List<RevocationEvidence> revocation) {
    Opened opened = check.opened();
    return new CheckStation(
        recordOf(check),
        with.once(),
        with.pass().map(VisualPass::id),
        opened.caller().actor(),
        particularsOf(check, with),
        evidenceOf(opened, with, revocation),
        opened.recordedOffline() ? Optional.empty() : Optional.of(CheckEvents.of(check)),
        with.key().map(each -> keptUnder(each, check)),
        linkingOf(check));
  }

  private static Optional<Linking> linkingOf(Judged check) {
    return switch (check) {
      case Answered answered -> answered.linking();
      case Refused refused -> Optional.empty();
    };
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

  private static Map<String, String> particularsOf(Judged check, Written with) {
    Map<String, String> particulars = new TreeMap<>();
    particulars.put("judged", detailOf(check));
    particulars.put("verdict", check.evidence().hex());
    particulars.put("holderBy", HolderConfirmation.wordOf(check.opened().statement().method()));
    if (check.opened().recordedOffline()) {
      particulars.put("shownAt", check.opened().statement().confirmedAt().toString());
    }
    if (check instanceof Answered answered) {
      answered
          .softening()
          .ifPresent(softening -> {
            particulars.put("outage", "ELIGIBILITY_ONLY");
            particulars.put("revocationLastHad", softening.lastHad().toString());
          });
    }
    with.pass().ifPresent(each -> particulars.put(AuditEvent.STAFF, each.staff().toString()));
    with.face().ifPresent(each -> particulars.put("faceCalibration", each.id()));
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

  /** Everything that judging it again needs; the rules are the same piece for all checks. */
  private List<Evidence> evidenceOf(
      Opened check, Written with, List<RevocationEvidence> revocation) {
    var bundle =
        new EvidenceBundle(
            with.proof(),
            check.statement(),
            revocation,
            policy,
            check.at(),
            with.verdict().map(RecordedVerdict::of));
    return StoredEvidence.of(bundle, rules).pieces();
  }

  private static <T> @Nullable T nullable(Optional<T> value) {
    return value.orElse(null);
  }
}
