package jp.kazashi.jpki.certificate;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import jp.kazashi.jpki.Octets;
import jp.kazashi.jpki.holder.HolderKey;

/** Bytes that claim to be a certificate. Nothing in them holds until a verdict says so. */
public record UntrustedCertificate(Octets der) {
  /** What a caller may bring at all; more is the caller's bug. */
  public static final int MOST_OCTETS = 64 * 1024;

  public UntrustedCertificate {
    requireNonNull(der, "der");
    if (der.length() > MOST_OCTETS) {
      throw new IllegalArgumentException("A certificate has at most " + MOST_OCTETS + " octets");
    }
  }

  public UntrustedCertificate(byte[] der) {
    this(Octets.of(der));
  }

  /** Whose certificate it says it is: for gathering evidence, never for deciding. */
  public Optional<HolderKey> claimedHolder() {
    return ParsedCertificate.parse(der).map(ParsedCertificate::holderKey);
  }

  /** When it says it began: for who proves it otherwise, never for deciding alone. */
  public Optional<Instant> claimedBeginning() {
    return ParsedCertificate.parse(der)
        .flatMap(ParsedCertificate::validity)
        .map(Validity::notBefore);
  }
}
