package jp.kazashi.jpki.certificate;

import static jp.kazashi.jpki.RejectionReason.ISSUER_SIGNATURE_INVALID;
import static jp.kazashi.jpki.RejectionReason.ISSUER_UNKNOWN;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import jp.kazashi.jpki.Checked;
import jp.kazashi.jpki.Checked.Failed;
import jp.kazashi.jpki.Checked.Held;
import jp.kazashi.jpki.RejectionReason;
import jp.kazashi.jpki.certificate.PathSearch.Candidate;

/** Does this certificate hang on an anchor, in a time when all of its path held? */
public final class PathCheck {
  private PathCheck() {}

  /**
   * Judges the path at an instant, or as of the last valid second of a certificate that has ended:
   * whether grace is left is the phase's to say, and nothing else looks past the end.
   */
  public static Checked<CardCertificate> check(
      ProfiledCertificate certificate, TrustAnchors anchors, Instant at) {
    Validity validity = certificate.validity();
    Instant judgedAt = validity.endedAt(at) ? validity.notAfter() : at;
    PathRules rules =
        PathRules.forPolicies(
            certificate.profile().policies(),
            SignatureTable.of(certificate.profile().algorithms()));
    return best(certificate.certificate(), anchors, rules, judgedAt)
        .then(path -> new Held<>(new CardCertificate(certificate, path)));
  }

  /** Every path to a certificate that holds (RFC 5280 §6.1), the likeliest first. */
  public static Stream<ValidPath> paths(
      ParsedCertificate certificate, TrustAnchors anchors, PathRules rules, Instant at) {
    return PathSearch.of(certificate, anchors).stream()
        .map(candidate -> check(candidate, rules, at))
        .flatMap(checked ->
            switch (checked) {
              case Held<ValidPath>(var path) -> Stream.of(path);
              case Failed<ValidPath> _ -> Stream.empty();
            });
  }

  private static Checked<ValidPath> best(
      ParsedCertificate certificate, TrustAnchors anchors, PathRules rules, Instant at) {
    RejectionReason failed = ISSUER_UNKNOWN;
    for (Candidate candidate : PathSearch.of(certificate, anchors)) {
      switch (check(candidate, rules, at)) {
        case Held<ValidPath> held -> {
          return held;
        }
        case Failed<ValidPath>(RejectionReason reason) -> failed = telling(failed, reason);
      }
    }
    return new Failed<>(failed);
  }

  // Of all paths that failed, the one that got furthest says what is wrong.
  private static RejectionReason telling(RejectionReason before, RejectionReason now) {
    return List.of(ISSUER_UNKNOWN, ISSUER_SIGNATURE_INVALID).contains(before) ? now : before;
  }

  private static Checked<ValidPath> check(Candidate candidate, PathRules rules, Instant at) {
    return PathValidation.check(candidate.anchor(), candidate.certificates(), rules, at);
  }
}
