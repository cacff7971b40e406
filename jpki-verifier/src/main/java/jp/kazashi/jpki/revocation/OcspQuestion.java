package jp.kazashi.jpki.revocation;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import jp.kazashi.jpki.Octets;
import jp.kazashi.jpki.certificate.CertId;

/** The question about one certificate (RFC 6960 §4.1), with a nonce its answer must repeat. */
@SuppressWarnings("DoNotCallSuggester")
public record OcspQuestion(CertId certificate, Optional<Octets> nonce) {
  /** RFC 9654 §2.1: at least 32. */
  public static final int NONCE_OCTETS = 32;

  public OcspQuestion {
    requireNonNull(certificate, "certificate");
    if (nonce.isPresent() && nonce.get().length() != NONCE_OCTETS) {
      throw new IllegalArgumentException("A nonce has " + NONCE_OCTETS + " octets");
    }
  }

  public OcspQuestion(CertId certificate, byte[] nonce) {
    this(certificate, Optional.of(Octets.of(nonce)));
  }

  /** The request body, for {@code application/ocsp-request}. */
  public byte[] bytes() {
    throw new UnsupportedOperationException("bytes");
  }
}
