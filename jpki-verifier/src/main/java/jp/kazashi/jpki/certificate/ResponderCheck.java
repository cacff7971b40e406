package jp.kazashi.jpki.certificate;

import java.security.PublicKey;
import java.time.Instant;
import java.util.Optional;
import jp.kazashi.jpki.Octets;
import jp.kazashi.jpki.certificate.CertificateProfile.KeyUse;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/** May this certificate sign OCSP answers for that authority? (RFC 6960 §4.2.2.2.) */
public final class ResponderCheck {
  private ResponderCheck() {}

  /** The delegate's key, when the authority itself delegated it and the delegation held then. */
  public static Optional<PublicKey> delegate(
      ParsedCertificate certificate, Authority authority, Instant producedAt) {
    CertificateExtensions extensions = certificate.extensions();
    boolean delegated =
        !extensions.authority()
            && !extensions.hasCriticalUnreadInAProfile()
            && extensions
                .extendedKeyUses()
                .map(uses -> uses.contains(KeyPurposeId.id_kp_OCSPSigning.getId()))
                .orElse(false)
            && extensions.allows(KeyUse.DIGITAL_SIGNATURE)
            // §4.2.2.2.1: without it the delegate's own revocation would have to be asked.
            && extensions.present().contains(OCSPObjectIdentifiers.id_pkix_ocsp_nocheck.getId())
            && certificate.validity().map(validity -> validity.holdsAt(producedAt)).orElse(false)
            && authority.issued(certificate);
    return delegated ? certificate.key() : Optional.empty();
  }

  /** The key of a responder known by configuration, when its certificate held then. */
  public static Optional<PublicKey> designated(ParsedCertificate certificate, Instant producedAt) {
    boolean holds =
        certificate.extensions().allows(KeyUse.DIGITAL_SIGNATURE)
            && !certificate.extensions().hasCriticalUnreadInAProfile()
            && certificate.validity().map(validity -> validity.holdsAt(producedAt)).orElse(false);
    return holds ? certificate.key() : Optional.empty();
  }

  /** Whether a responder id by name means this certificate. */
  public static boolean isNamed(ParsedCertificate certificate, Octets name) {
    return certificate.subject().der().equals(name);
  }

  /** Whether a responder id by key (always SHA-1, RFC 6960 §4.2.1) means this certificate. */
  public static boolean hasKey(ParsedCertificate certificate, Octets keyHash) {
    return certificate.keyHash(HashAlgorithm.SHA1).equals(keyHash);
  }
}
