package jp.kazashi.jpki.certificate;

import static java.util.Objects.requireNonNull;

import java.util.Set;
import jp.kazashi.jpki.holder.Carrier;

/**
 * One kind of certificate as data. A certificate has the profile whose policy it asserts, and then
 * must keep all of it.
 *
 * @param name for people, in reports
 * @param policies policy identifiers of which one must be asserted
 * @param required key usages that must be set
 * @param allowed key usages that may be set; any other refuses
 * @param algorithms what the holder's key and the issuer's signature may be
 */
public record CertificateProfile(
    String name,
    Purpose purpose,
    Carrier carrier,
    Set<String> policies,
    Set<KeyUse> required,
    Set<KeyUse> allowed,
    Set<SignatureScheme> algorithms) {
  public CertificateProfile {
    requireNonNull(name, "name");
    requireNonNull(purpose, "purpose");
    requireNonNull(carrier, "carrier");
    policies = Set.copyOf(policies);
    required = Set.copyOf(required);
    allowed = Set.copyOf(allowed);
    algorithms = Set.copyOf(algorithms);
    if (policies.isEmpty() || required.isEmpty() || algorithms.isEmpty()) {
      throw new IllegalArgumentException("A profile without rules would accept anything");
    }
    if (!allowed.containsAll(required)) {
      throw new IllegalArgumentException("What is required must be allowed");
    }
  }

  /** User authentication on a card of the JPKI in service. */
  public static CertificateProfile cardAuthentication() {
    return authentication("card authentication", "1.2.392.200149.8.5.1.3.30");
  }

  /** User authentication on a card of the test hierarchy (O=JPKI-TEST). */
  public static CertificateProfile testCardAuthentication() {
    return authentication("test card authentication", "1.2.392.200149.8.5.1.0.30");
  }

  private static CertificateProfile authentication(String name, String policy) {
    return new CertificateProfile(
        name,
        Purpose.AUTHENTICATION,
        Carrier.CARD,
        Set.of(policy),
        Set.of(KeyUse.DIGITAL_SIGNATURE),
        Set.of(KeyUse.DIGITAL_SIGNATURE),
        Set.of(SignatureScheme.RSA_SHA256));
  }

  public enum Purpose {
    AUTHENTICATION,
    SIGNATURE
  }

  /** Key usage bits in the order of RFC 5280 §4.2.1.3. */
  public enum KeyUse {
    DIGITAL_SIGNATURE,
    NON_REPUDIATION,
    KEY_ENCIPHERMENT,
    DATA_ENCIPHERMENT,
    KEY_AGREEMENT,
    KEY_CERT_SIGN,
    CRL_SIGN,
    ENCIPHER_ONLY,
    DECIPHER_ONLY
  }
}
