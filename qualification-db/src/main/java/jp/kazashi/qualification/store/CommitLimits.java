package jp.kazashi.qualification.store;

import java.time.Duration;

/**
 * How long and how many may wait for the store.
 *
 * @param longest the most that a batch may take until those who wait for it are answered
 * @param waiting the most stations that may wait for their batch
 */
public record CommitLimits(Duration longest, int waiting) {
  public CommitLimits {
    if (longest.toMillis() < 1 || waiting < 1) {
      throw new IllegalArgumentException("Somebody may wait for some time");
    }
  }
}
