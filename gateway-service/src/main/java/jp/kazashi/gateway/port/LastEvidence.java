package jp.kazashi.gateway.port;

import java.time.Instant;
import java.util.Optional;
import jp.kazashi.jpki.certificate.CertId;

/** When it was last possible to find out whether certificates of an issuer are revoked. */
public interface LastEvidence {
  /** Empty when this node never could. */
  Optional<Instant> about(CertId certificate, Instant at);

  /** For where nothing is softened by it. */
  static LastEvidence none() {
    return (certificate, at) -> Optional.empty();
  }
}
