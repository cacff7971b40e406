package jp.kazashi.jpki.verdict;

import static java.util.Objects.requireNonNull;

import java.util.List;
import jp.kazashi.jpki.certificate.CertificateProfile;
import jp.kazashi.jpki.certificate.TrustAnchors;
import jp.kazashi.jpki.holder.ExpiryPolicy;
import jp.kazashi.jpki.revocation.Freshness;
import jp.kazashi.jpki.revocation.ResponderRules;

/** The rules of one purpose. Anchors and profiles of authentication and signature never mix. */
public record JudgePolicy(
    TrustAnchors anchors,
    List<CertificateProfile> profiles,
    ExpiryPolicy expiry,
    Freshness freshness,
    ResponderRules responders) {
  public JudgePolicy {
    requireNonNull(anchors, "anchors");
    requireNonNull(expiry, "expiry");
    requireNonNull(freshness, "freshness");
    requireNonNull(responders, "responders");
    profiles = List.copyOf(profiles);
    if (profiles.isEmpty()) {
      throw new IllegalArgumentException("A policy without profiles would accept nothing");
    }
    if (profiles.stream().map(CertificateProfile::purpose).distinct().count() > 1) {
      throw new IllegalArgumentException("One policy judges one purpose");
    }
  }
}
