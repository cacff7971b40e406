package jp.kazashi.jpki.revocation;

import static jp.kazashi.jpki.revocation.UnavailableCause.NO_EVIDENCE;
import static jp.kazashi.jpki.revocation.UnavailableCause.UNANSWERED;

import java.time.Instant;
import java.util.List;
import jp.kazashi.jpki.certificate.CardCertificate;
import jp.kazashi.jpki.revocation.RevocationEvidence.OcspAnswer;
import jp.kazashi.jpki.revocation.RevocationEvidence.Unanswered;
import jp.kazashi.jpki.revocation.RevocationStatus.Unavailable;

/** Weighs all that was gathered about one certificate. */
public final class RevocationJudge {
  private final OcspJudge ocsp;

  public RevocationJudge(Freshness freshness, ResponderRules rules) {
    ocsp = new OcspJudge(freshness, rules);
  }

  /** The weightiest status; among equals that of the earlier evidence. */
  public RevocationStatus judge(
      List<RevocationEvidence> evidence, CardCertificate certificate, Instant at) {
    return evidence.stream()
        .map(piece -> judge(piece, certificate, at))
        .reduce(RevocationStatus::weightier)
        .orElseGet(() -> new Unavailable(NO_EVIDENCE));
  }

  private RevocationStatus judge(
      RevocationEvidence evidence, CardCertificate certificate, Instant at) {
    return switch (evidence) {
      case OcspAnswer answer -> ocsp.judge(answer, certificate, at);
      case Unanswered _ -> new Unavailable(UNANSWERED);
    };
  }
}
