package jp.kazashi.jpki.certificate;

import static jp.kazashi.jpki.RejectionReason.ALGORITHM_NOT_ALLOWED;
import static jp.kazashi.jpki.RejectionReason.CERTIFICATE_MALFORMED;
import static jp.kazashi.jpki.RejectionReason.CRITICAL_EXTENSION_UNKNOWN;
import static jp.kazashi.jpki.RejectionReason.EXTENDED_KEY_USAGE_NOT_ACCEPTED;
import static jp.kazashi.jpki.RejectionReason.KEY_USAGE_NOT_ACCEPTED;
import static jp.kazashi.jpki.RejectionReason.NOT_A_HOLDER_CERTIFICATE;
import static jp.kazashi.jpki.RejectionReason.POLICY_NOT_ACCEPTED;
import static jp.kazashi.jpki.RejectionReason.SERIAL_NUMBER_INVALID;
import static jp.kazashi.jpki.RejectionReason.VALIDITY_MALFORMED;

import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import jp.kazashi.jpki.Checked;
import jp.kazashi.jpki.Checked.Failed;
import jp.kazashi.jpki.Checked.Held;
import org.bouncycastle.asn1.x509.Extension;

/** Is this the kind of certificate the policy asks for? By its own words only, nothing proven. */
public final class ProfileCheck {
  private static final int MOST_SERIAL_OCTETS = 20;
  private static final int VERSION_3 = 3;

  private ProfileCheck() {}

  public static Checked<ProfiledCertificate> check(
      UntrustedCertificate untrusted, List<CertificateProfile> profiles) {
    return ParsedCertificate.parse(untrusted.der())
        .map(certificate -> check(certificate, profiles))
        .orElseGet(() -> new Failed<>(CERTIFICATE_MALFORMED));
  }

  private static Checked<ProfiledCertificate> check(
      ParsedCertificate certificate, List<CertificateProfile> profiles) {
    CertificateExtensions extensions = certificate.extensions();
    if (!isSerialNumber(certificate.serial())) {
      return new Failed<>(SERIAL_NUMBER_INVALID);
    }
    if (!certificate.validity().map(Validity::asPrescribed).orElse(false)) {
      return new Failed<>(VALIDITY_MALFORMED);
    }
    if (extensions.hasCriticalUnreadInAProfile()) {
      return new Failed<>(CRITICAL_EXTENSION_UNKNOWN);
    }
    if (extensions.authority() || certificate.version() != VERSION_3) {
      return new Failed<>(NOT_A_HOLDER_CERTIFICATE);
    }
    return claimed(certificate, profiles)
        .map(profile -> check(certificate, certificate.validity().orElseThrow(), profile))
        .orElseGet(() -> new Failed<>(POLICY_NOT_ACCEPTED));
  }

  // Today's card and the next assert one policy and differ in their keys.
  private static Optional<CertificateProfile> claimed(
      ParsedCertificate certificate, List<CertificateProfile> profiles) {
    List<CertificateProfile> claimed =
        profiles.stream().filter(profile -> profile.isClaimedBy(certificate.extensions())).toList();
    return claimed.stream()
        .filter(
            profile -> certificate.keyScheme().map(profile.algorithms()::contains).orElse(false))
        .findFirst()
        .or(() -> claimed.stream().findFirst());
  }

  private static Checked<ProfiledCertificate> check(
      ParsedCertificate certificate, Validity validity, CertificateProfile profile) {
    if (!keepsKeyUsage(certificate.extensions(), profile)) {
      return new Failed<>(KEY_USAGE_NOT_ACCEPTED);
    }
    if (!keepsExtendedKeyUsage(certificate.extensions(), profile)) {
      return new Failed<>(EXTENDED_KEY_USAGE_NOT_ACCEPTED);
    }
    if (!certificate.signatureScheme().map(profile.algorithms()::contains).orElse(false)) {
      return new Failed<>(ALGORITHM_NOT_ALLOWED);
    }
    return certificate
        .keyScheme()
        .filter(profile.algorithms()::contains)
        .flatMap(scheme ->
            certificate
                .key()
                .map(key ->
                    held(new ProfiledCertificate(certificate, profile, validity, scheme, key))))
        .orElseGet(() -> new Failed<>(ALGORITHM_NOT_ALLOWED));
  }

  private static Checked<ProfiledCertificate> held(ProfiledCertificate certificate) {
    return new Held<>(certificate);
  }

  private static boolean isSerialNumber(BigInteger serial) {
    return serial.signum() > 0 && serial.bitLength() / Byte.SIZE + 1 <= MOST_SERIAL_OCTETS;
  }

  private static boolean keepsKeyUsage(
      CertificateExtensions extensions, CertificateProfile profile) {
    return extensions.isCritical(Extension.keyUsage)
        && extensions
            .keyUses()
            .map(
                uses -> uses.containsAll(profile.required()) && profile.allowed().containsAll(uses))
            .orElse(false);
  }

  private static boolean keepsExtendedKeyUsage(
      CertificateExtensions extensions, CertificateProfile profile) {
    return extensions
        .extendedKeyUses()
        .map(uses -> !Collections.disjoint(uses, profile.extendedUses()))
        .orElse(true);
  }
}
