package jp.kazashi.jpki.verdict;

import static jp.kazashi.jpki.RejectionReason.CERTIFICATE_ENDED;
import static jp.kazashi.jpki.RejectionReason.CERTIFICATE_REVOKED;
import static jp.kazashi.jpki.RejectionReason.CERTIFICATE_UNKNOWN_TO_ISSUER;
import static jp.kazashi.jpki.RejectionReason.ISSUER_REVOKED;
import static jp.kazashi.jpki.RejectionReason.SIGNATURE_INVALID;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.kazashi.jpki.Checked;
import jp.kazashi.jpki.Checked.Failed;
import jp.kazashi.jpki.Checked.Held;
import jp.kazashi.jpki.RejectionReason;
import jp.kazashi.jpki.certificate.CardCertificate;
import jp.kazashi.jpki.certificate.PathCheck;
import jp.kazashi.jpki.certificate.ProfileCheck;
import jp.kazashi.jpki.holder.CertificatePhase;
import jp.kazashi.jpki.revocation.RevocationEvidence;
import jp.kazashi.jpki.revocation.RevocationJudge;
import jp.kazashi.jpki.revocation.RevocationStatus;
import jp.kazashi.jpki.revocation.RevocationStatus.Good;
import jp.kazashi.jpki.revocation.RevocationStatus.Revoked;
import jp.kazashi.jpki.revocation.RevocationStatus.Unavailable;
import jp.kazashi.jpki.revocation.RevocationStatus.UnknownToIssuer;
import jp.kazashi.jpki.statement.ChallengeStatement;
import jp.kazashi.jpki.verdict.Verdict.Rejected;
import jp.kazashi.jpki.verdict.Verdict.Trusted;
import jp.kazashi.jpki.verdict.Verdict.Undetermined;

/** Judges a proof. Pure: the same evidence gives the same verdict years later. */
public final class ProofJudge {
  /**
   * Size and form, profile, path; then phase, revocation and the signature over the statement. The
   * certificate is judged at the instant that the card was shown, revocation by what is known at
   * the instant of judging: they differ for a card that signed while the line was down.
   */
  public Verdict judge(
      UntrustedProof proof,
      ChallengeStatement statement,
      List<RevocationEvidence> evidence,
      JudgePolicy policy,
      Instant at) {
    Instant shownAt = statement.shownAt(at);
    EvidenceDigest digest = EvidenceDigest.of(proof, statement, evidence);
    Checked<CardCertificate> card =
        ProfileCheck.check(proof.certificate(), policy.profiles())
            .then(profiled -> PathCheck.check(profiled, policy.anchors(), shownAt));
    return switch (card) {
      case Failed<CardCertificate>(RejectionReason reason) ->
          new Rejected(reason, Optional.empty(), digest);
      case Held<CardCertificate>(CardCertificate certificate) -> {
        RevocationJudge revocation = policy.revocation();
        RevocationStatus issuers = revocation.judgeAll(evidence, certificate.authorities(), at);
        RevocationStatus own = revocation.judge(evidence, certificate.link(), at);
        boolean signed = certificate.signed(statement.bytes(), proof.signature());
        yield verdict(facts(certificate, policy, shownAt), issuers, own, signed, digest);
      }
    };
  }

  // Revoked outweighs ended, so that grace and its end never hide a revocation (AC-07); and what
  // refuses for certain outweighs what is only not known.
  private static Verdict verdict(
      CertificateFacts facts,
      RevocationStatus issuers,
      RevocationStatus own,
      boolean signed,
      EvidenceDigest digest) {
    if (issuers instanceof Revoked || issuers instanceof UnknownToIssuer) {
      return rejected(ISSUER_REVOKED, facts, digest);
    }
    if (own instanceof Revoked) {
      return rejected(CERTIFICATE_REVOKED, facts, digest);
    }
    if (facts.phase() == CertificatePhase.ENDED) {
      return rejected(CERTIFICATE_ENDED, facts, digest);
    }
    if (own instanceof UnknownToIssuer) {
      return rejected(CERTIFICATE_UNKNOWN_TO_ISSUER, facts, digest);
    }
    if (!signed) {
      return rejected(SIGNATURE_INVALID, facts, digest);
    }
    return switch (own.and(issuers)) {
      case Good _ -> new Trusted(facts.holder(), facts.phase(), facts.ends(), digest);
      case Unavailable(var cause) -> new Undetermined(cause, facts, digest);
      case Revoked _ -> rejected(CERTIFICATE_REVOKED, facts, digest);
      case UnknownToIssuer _ -> rejected(CERTIFICATE_UNKNOWN_TO_ISSUER, facts, digest);
    };
  }

  private static Verdict rejected(
      RejectionReason reason, CertificateFacts facts, EvidenceDigest digest) {
    return new Rejected(reason, Optional.of(facts), digest);
  }

  private static CertificateFacts facts(
      CardCertificate certificate, JudgePolicy policy, Instant at) {
    CertificatePhase phase = policy.expiry(certificate.carrier()).phase(certificate.ends(), at);
    return new CertificateFacts(certificate.holder(), phase, certificate.ends());
  }
}
