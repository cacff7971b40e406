package jp.kazashi.gateway.adapter.revocation;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Optional;
import jp.kazashi.jpki.certificate.CertId;
import jp.kazashi.jpki.revocation.RevocationEvidence.OcspAnswer;

/**
 * A memory of raw answers under their full identity. What comes out is judged again like anything
 * fresh; a memory that is away recalls nothing, and never fails.
 */
public interface OcspMemory {
  /** An answer as it came, and until when it may be recalled. */
  record Remembered(OcspAnswer answer, Instant until) {
    /** By the world's clock: after a jump nothing fetched before it is young. */
    public boolean isYoung(Instant at) {
      return !answer.fetchedAt().isAfter(at) && at.isBefore(until);
    }
  }

  Uni<Optional<Remembered>> recall(CertId certificate, Instant at);

  Uni<Void> remember(CertId certificate, Remembered answer);
}
