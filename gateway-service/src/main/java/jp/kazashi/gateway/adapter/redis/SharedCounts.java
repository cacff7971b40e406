package jp.kazashi.gateway.adapter.redis;

import io.smallrye.mutiny.Uni;
import java.time.Duration;

/** Counts that all nodes share. Every call may fail; nothing here must be right. */
interface SharedCounts {
  /** Adds and says the sum; the count is forgotten some time after {@code keep}. */
  Uni<Long> add(String key, long amount, Duration keep);

  /** The sum so far. */
  Uni<Long> sum(String key);

  /** The clock that all nodes share, in milliseconds. */
  Uni<Long> millis();
}
