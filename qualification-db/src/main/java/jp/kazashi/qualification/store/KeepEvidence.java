package jp.kazashi.qualification.store;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Optional;
import jp.kazashi.qualification.audit.Digest;

/** Evidence that many checks rest on and name by its digest alone, such as a revocation list. */
public interface KeepEvidence {
  /** Keeps it, once however often it is brought. */
  Uni<Void> keep(Evidence shared, Instant at);

  Uni<Optional<byte[]>> find(Digest digest);
}
