package jp.kazashi.jpki.verdict;

import static java.util.Objects.requireNonNull;

import jp.kazashi.jpki.Octets;
import jp.kazashi.jpki.certificate.UntrustedCertificate;

/** What the terminal brought from the card. */
public record UntrustedProof(UntrustedCertificate certificate, Octets signature) {
  /** What a caller may bring at all; more is the caller's bug. */
  public static final int MOST_SIGNATURE_OCTETS = 64 * 1024;

  public UntrustedProof {
    requireNonNull(certificate, "certificate");
    if (signature.length() > MOST_SIGNATURE_OCTETS) {
      throw new IllegalArgumentException(
          "A signature has at most " + MOST_SIGNATURE_OCTETS + " octets");
    }
  }

  public UntrustedProof(UntrustedCertificate certificate, byte[] signature) {
    this(certificate, Octets.of(signature));
  }
}
