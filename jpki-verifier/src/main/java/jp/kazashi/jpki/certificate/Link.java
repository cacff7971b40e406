package jp.kazashi.jpki.certificate;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One certificate of a path, who issued it, and the anchor all of it hangs on. A link says who is
 * to be asked about the certificate; only a path check says that the link holds.
 */
public record Link(ParsedCertificate certificate, Authority issuer, Authority anchor) {
  public Link {
    requireNonNull(certificate, "certificate");
    requireNonNull(issuer, "issuer");
    requireNonNull(anchor, "anchor");
  }

  /** The link to gather evidence for, when an authority we know could have issued it. */
  public static Optional<Link> claimedBy(UntrustedCertificate certificate, TrustAnchors anchors) {
    return ParsedCertificate.parse(certificate.der())
        .flatMap(parsed ->
            anchors
                .issuerOf(parsed)
                .map(issuer -> new Link(parsed, issuer, anchors.above(issuer))));
  }

  public CertId id(HashAlgorithm hash) {
    return CertId.of(issuer, certificate, hash);
  }

  /** The certificate's last valid second. */
  public Instant ends() {
    return certificate.validity().map(Validity::notAfter).orElse(Instant.MAX);
  }

  /**
   * Whether what was said then speaks of it at all. A serial that had expired may have been
   * forgotten, and forgetting is not standing by it (RFC 6960 §4.4.4, X.509 expiredCertsOnCRL).
   *
   * @param keptSince from when on the source keeps expired ones, where it says so
   */
  public boolean isCovered(Instant said, Optional<Instant> keptSince) {
    return !said.isAfter(ends()) || keptSince.map(since -> !since.isAfter(ends())).orElse(false);
  }

  /** Where it says that its revocation is published. */
  public List<PublicationPoint> publicationPoints() {
    return certificate.extensions().publicationPoints();
  }

  public boolean isAuthority() {
    return certificate.extensions().authority();
  }
}
