package jp.kazashi.jpki.verdict;

import static java.util.Objects.requireNonNull;

import java.util.List;
import jp.kazashi.jpki.certificate.CertificateProfile;
import jp.kazashi.jpki.certificate.TrustAnchors;
import jp.kazashi.jpki.holder.Carrier;
import jp.kazashi.jpki.holder.ExpiryPolicy;
import jp.kazashi.jpki.revocation.Freshness;
import jp.kazashi.jpki.revocation.ListRules;
import jp.kazashi.jpki.revocation.ResponderRules;
import jp.kazashi.jpki.revocation.RevocationJudge;

/** The rules of one purpose. Anchors and profiles of authentication and signature never mix. */
public record JudgePolicy(
    TrustAnchors anchors,
    List<CertificateProfile> profiles,
    ExpiryPolicy expiry,
    Freshness freshness,
    ResponderRules responders,
    ListRules lists) {
  public JudgePolicy {
    requireNonNull(anchors, "anchors");
    requireNonNull(expiry, "expiry");
    requireNonNull(freshness, "freshness");
    requireNonNull(responders, "responders");
    requireNonNull(lists, "lists");
    profiles = List.copyOf(profiles);
    if (profiles.isEmpty()) {
      throw new IllegalArgumentException("A policy without profiles would accept nothing");
    }
    if (profiles.stream().map(CertificateProfile::purpose).distinct().count() > 1) {
      throw new IllegalArgumentException("One policy judges one purpose");
    }
  }

  public JudgePolicy(
      TrustAnchors anchors,
      List<CertificateProfile> profiles,
      ExpiryPolicy expiry,
      Freshness freshness,
      ResponderRules responders) {
    this(anchors, profiles, expiry, freshness, responders, ListRules.ordinary());
  }

  /** The same rules with other anchors: a rotation swaps the whole policy or nothing of it. */
  public JudgePolicy with(TrustAnchors others) {
    return new JudgePolicy(others, profiles, expiry, freshness, responders, lists);
  }

  /** Who weighs the evidence of revocation by these rules. */
  public RevocationJudge revocation() {
    return new RevocationJudge(freshness, responders, lists, anchors);
  }

  /** How a certificate's phases are counted: a phone never gets grace. */
  public ExpiryPolicy expiry(Carrier carrier) {
    return switch (carrier) {
      case CARD -> expiry;
      case PHONE -> ExpiryPolicy.withoutGrace();
    };
  }
}
