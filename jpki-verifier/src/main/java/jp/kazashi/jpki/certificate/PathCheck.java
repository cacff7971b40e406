package jp.kazashi.jpki.certificate;

import static jp.kazashi.jpki.RejectionReason.CERTIFICATE_NOT_YET_VALID;
import static jp.kazashi.jpki.RejectionReason.ISSUER_NOT_VALID;
import static jp.kazashi.jpki.RejectionReason.ISSUER_SIGNATURE_INVALID;
import static jp.kazashi.jpki.RejectionReason.ISSUER_UNKNOWN;

import java.time.Instant;
import java.util.List;
import jp.kazashi.jpki.Checked;
import jp.kazashi.jpki.Checked.Failed;
import jp.kazashi.jpki.Checked.Held;

/** Did an anchor issue this certificate, in a time when both held? (RFC 5280 §6.1, one tier.) */
public final class PathCheck {
  private PathCheck() {}

  /**
   * Judges the path at an instant, or as of the last valid second of a certificate that has ended:
   * whether grace is left is the phase's to say, and nothing else looks past the end.
   */
  public static Checked<CardCertificate> check(
      ProfiledCertificate certificate, TrustAnchors anchors, Instant at) {
    Validity validity = certificate.validity();
    List<Authority> candidates = anchors.candidatesFor(certificate.certificate());
    if (candidates.isEmpty()) {
      return new Failed<>(ISSUER_UNKNOWN);
    }
    List<Authority> signers =
        candidates.stream()
            .filter(authority -> authority.issued(certificate.certificate()))
            .limit(1)
            .toList();
    if (signers.isEmpty()) {
      return new Failed<>(ISSUER_SIGNATURE_INVALID);
    }
    if (!validity.begunAt(at)) {
      return new Failed<>(CERTIFICATE_NOT_YET_VALID);
    }
    Instant judgedAt = validity.endedAt(at) ? validity.notAfter() : at;
    Authority issuer = signers.getFirst();
    return issuer.isValidAt(judgedAt)
        ? new Held<>(new CardCertificate(certificate, issuer))
        : new Failed<>(ISSUER_NOT_VALID);
  }
}
