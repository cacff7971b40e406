package jp.kazashi.jpki.certificate;

import static jp.kazashi.jpki.certificate.CertificateProfile.KeyUse.DIGITAL_SIGNATURE;
import static jp.kazashi.jpki.certificate.CertificateProfile.KeyUse.NON_REPUDIATION;
import static jp.kazashi.jpki.certificate.CertificateProfile.Purpose.AUTHENTICATION;
import static jp.kazashi.jpki.certificate.CertificateProfile.Purpose.SIGNATURE;
import static jp.kazashi.jpki.certificate.SignatureScheme.P384_SHA384;
import static jp.kazashi.jpki.certificate.SignatureScheme.RSA_SHA256;
import static jp.kazashi.jpki.holder.Carrier.CARD;
import static jp.kazashi.jpki.holder.Carrier.PHONE;

import java.util.List;
import java.util.Set;
import jp.kazashi.jpki.certificate.CertificateProfile.Purpose;
import jp.kazashi.jpki.holder.Carrier;

/**
 * The certificates there are: authentication and signature, card and phone, in service and of the
 * test hierarchy, today's algorithms and the next card's. The policy of phone authentication is not
 * published; the one here continues the row of the other three.
 */
public final class JpkiProfiles {
  private static final String ARC = "1.2.392.200149.8.5.1.";
  private static final String CLIENT_AUTHENTICATION = "1.3.6.1.5.5.7.3.2";

  private static final List<CertificateProfile> ALL =
      List.of(
          authentication("card authentication", CARD, "3.30", RSA_SHA256),
          authentication("phone authentication", PHONE, "3.50", RSA_SHA256),
          signature("card signature", CARD, "1.20", RSA_SHA256),
          signature("phone signature", PHONE, "1.40", RSA_SHA256),
          authentication("next card authentication", CARD, "3.30", P384_SHA384),
          signature("next card signature", CARD, "1.20", P384_SHA384),
          authentication("test card authentication", CARD, "0.30", RSA_SHA256),
          authentication("test phone authentication", PHONE, "0.50", RSA_SHA256),
          signature("test card signature", CARD, "0.20", RSA_SHA256),
          signature("test phone signature", PHONE, "0.40", RSA_SHA256),
          authentication("test next card authentication", CARD, "0.30", P384_SHA384),
          signature("test next card signature", CARD, "0.20", P384_SHA384));

  private JpkiProfiles() {}

  /** Those of one purpose, of the JPKI in service or of the test hierarchy: the two never mix. */
  public static List<CertificateProfile> of(Purpose purpose, boolean test) {
    return ALL.stream()
        .filter(profile -> profile.purpose() == purpose)
        .filter(profile -> profile.name().startsWith("test ") == test)
        .toList();
  }

  /**
   * The profile of a name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static CertificateProfile named(String name) {
    return ALL.stream()
        .filter(profile -> profile.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("There is no such profile"));
  }

  private static CertificateProfile authentication(
      String name, Carrier carrier, String policy, SignatureScheme algorithm) {
    return new CertificateProfile(
        name,
        AUTHENTICATION,
        carrier,
        Set.of(ARC + policy),
        Set.of(DIGITAL_SIGNATURE),
        Set.of(DIGITAL_SIGNATURE),
        Set.of(CLIENT_AUTHENTICATION),
        Set.of(algorithm));
  }

  // The facts know two forms: with digitalSignature beside nonRepudiation, and without.
  private static CertificateProfile signature(
      String name, Carrier carrier, String policy, SignatureScheme algorithm) {
    return new CertificateProfile(
        name,
        SIGNATURE,
        carrier,
        Set.of(ARC + policy),
        Set.of(NON_REPUDIATION),
        Set.of(DIGITAL_SIGNATURE, NON_REPUDIATION),
        Set.of(),
        Set.of(algorithm));
  }
}
