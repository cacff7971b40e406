package jp.kazashi.jpki.certificate;

import static java.util.Objects.requireNonNull;

import java.math.BigInteger;
import java.util.Optional;
import jp.kazashi.jpki.Octets;

/**
 * A certificate's full OCSP identity (RFC 6960 §4.1.1). Two issuers may use one serial, and two
 * generations one name: only all of it is a key.
 */
public record CertId(
    HashAlgorithm hash, Octets issuerNameHash, Octets issuerKeyHash, BigInteger serial) {
  public CertId {
    requireNonNull(hash, "hash");
    requireNonNull(issuerNameHash, "issuerNameHash");
    requireNonNull(issuerKeyHash, "issuerKeyHash");
    requireNonNull(serial, "serial");
  }

  /** The identity to gather evidence for, when an anchor could have issued the certificate. */
  public static Optional<CertId> of(UntrustedCertificate certificate, TrustAnchors anchors) {
    return Link.claimedBy(certificate, anchors).map(link -> link.id(HashAlgorithm.SHA256));
  }

  static CertId of(Authority issuer, ParsedCertificate certificate, HashAlgorithm hash) {
    // RFC 6960 §4.1.1: the name as the certificate asked about writes it.
    DistinguishedName name = certificate.issuer();
    Octets nameHash =
        name.equals(issuer.name()) ? issuer.nameHash(hash) : hash.hash(name.der().toArray());
    return new CertId(hash, nameHash, issuer.keyHash(hash), certificate.serial());
  }

  /** A serial names a person's card: it is not for logs. */
  @Override
  public String toString() {
    return "CertId[" + hash + "]";
  }
}
