package jp.kazashi.qualification.store;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import jp.kazashi.qualification.audit.Digest;

/** Idempotency: answers by client certificate and key, for 24 hours. */
public interface KeepAnswers {
  Duration KEPT_FOR = Duration.ofHours(24);

  /** What is kept under the key and still counts at that instant. */
  Uni<Optional<KeptAnswer>> find(Digest certificate, String key, Instant at);

  /** False when another answer that still counts is kept under the key. */
  Uni<Boolean> keep(Digest certificate, String key, KeptAnswer answer);

  /** Forgets what counts no more; tells how many. */
  Uni<Integer> forget(Instant at);
}
