package jp.kazashi.gateway.check;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
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
import jp.kazashi.jpki.revocation.RevocationEvidence;
import jp.kazashi.jpki.statement.ChallengeStatement;
import jp.kazashi.jpki.verdict.CertificateFacts;
import jp.kazashi.jpki.verdict.UntrustedProof;
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

  public Recording(SnapshotCheck snapshot) {
    this.snapshot = snapshot;
  }

  /**
   * What goes with a check into the record.
   *
   * @param once what may be used only once, and is by it
   */
  record Written(
      UntrustedProof proof,
      Optional<ChallengeKey> once,
      Optional<VisualPass> pass,
      Optional<IdempotencyKey> key) {}

  CheckStation of(Judged check, Written with, List<RevocationEvidence> revocation) {
    Opened opened = check.opened();
    return new CheckStation(
        recordOf(check),
        with.once(),
        with.pass().map(VisualPass::id),
        opened.caller().actor(),
        particularsOf(check, with.pass()),
        evidenceOf(opened.statement(), with.proof(), revocation),
        Optional.of(CheckEvents.of(check)),
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

  private static <T> @Nullable T nullable(Optional<T> value) {
    return value.orElse(null);
  }
}
