package jp.kazashi.jpki.certificate;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
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
 * @param extendedUses of which one must be there when the certificate restricts them at all; with
 *     none, it must not restrict them
 * @param algorithms what the holder's key and the issuer's signature may be
 */
public record CertificateProfile(
    String name,
    Purpose purpose,
    Carrier carrier,
    Set<String> policies,
    Set<KeyUse> required,
    Set<KeyUse> allowed,
    Set<String> extendedUses,
    Set<SignatureScheme> algorithms) {
  public CertificateProfile {
    requireNonNull(name, "name");
    requireNonNull(purpose, "purpose");
    requireNonNull(carrier, "carrier");
    policies = Set.copyOf(policies);
    required = Set.copyOf(required);
    allowed = Set.copyOf(allowed);
    extendedUses = Set.copyOf(extendedUses);
    algorithms = Set.copyOf(algorithms);
    if (policies.isEmpty() || required.isEmpty() || algorithms.isEmpty()) {
      throw new IllegalArgumentException("A profile without rules would accept anything");
    }
    if (!allowed.containsAll(required)) {
      throw new IllegalArgumentException("What is required must be allowed");
    }
  }

  /** Whether a certificate claims to be of this kind. */
  boolean isClaimedBy(CertificateExtensions extensions) {
    return !Collections.disjoint(policies, extensions.policies().orElse(Set.of()));
  }

  /** User authentication on a card of the test hierarchy (O=JPKI-TEST). */
  public static CertificateProfile testCardAuthentication() {
    return JpkiProfiles.named("test card authentication");
  }

  public enum Purpose {
    AUTHENTICATION,
    SIGNATURE
  }

  /** Key usage by its bit in RFC 5280 §4.2.1.3. */
  public enum KeyUse {
    DIGITAL_SIGNATURE(0),
    NON_REPUDIATION(1),
    KEY_ENCIPHERMENT(2),
    DATA_ENCIPHERMENT(3),
    KEY_AGREEMENT(4),
    KEY_CERT_SIGN(5),
    CRL_SIGN(6),
    ENCIPHER_ONLY(7),
    DECIPHER_ONLY(8);

    private final int bit;

    KeyUse(int bit) {
      this.bit = bit;
    }

    int bit() {
      return bit;
    }
  }
}
