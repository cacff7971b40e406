package jp.kazashi.gateway.port;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import jp.kazashi.gateway.check.Caller;

/** How often somebody may ask. It never fails: without its shared memory it counts by itself. */
public interface LimitRequests {
  /** Counts one request of the caller's terminal and institution. */
  Uni<Ruling> admit(Caller caller);

  /** Whether the caller's institution may look somebody up; counts nothing. */
  Uni<Ruling> mayLookUp(Caller caller);

  /** Counts one look-up that found nobody. */
  Uni<Void> lookUpFailed(Caller caller);

  /** What a count comes to. */
  sealed interface Ruling {
    record Admitted() implements Ruling {}

    /** Not now; again after this. */
    record Limited(Duration retryAfter) implements Ruling {}
  }
}
