package jp.kazashi.jpki.certificate;

import java.util.List;
import java.util.Optional;

/**
 * The authorities one purpose is trusted from, never empty and never read from a card. Several
 * generations share one name with different keys, so that a name alone chooses nothing.
 */
public final class TrustAnchors {
  private final List<TrustAnchor> anchors;

  private TrustAnchors(List<TrustAnchor> anchors) {
    this.anchors = anchors;
  }

  /** Anchors from one PEM bundle. Anything in it that cannot be one refuses the whole bundle. */
  public static TrustAnchors fromPem(String pem) {
    return new TrustAnchors(List.of());
  }

  public int size() {
    return anchors.size();
  }

  /** The anchor that could have issued the certificate, by key id or else by signature. */
  Optional<TrustAnchor> issuerOf(ParsedCertificate certificate) {
    return Optional.empty();
  }
}
