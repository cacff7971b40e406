package jp.kazashi.gateway.config;

import java.time.Duration;
import jp.kazashi.qualification.store.CommitLimits;
import org.eclipse.microprofile.config.Config;

/** How long, and how many, may wait for the store to write. */
final class CommitSettings {
  private static final Duration LONGEST = Duration.ofSeconds(5);
  private static final int WAITING = 4096;

  private CommitSettings() {}

  static CommitLimits from(Config config) {
    try {
      return new CommitLimits(
          config.getOptionalValue("kazashi.commit-longest", Duration.class).orElse(LONGEST),
          config.getOptionalValue("kazashi.commit-waiting", Integer.class).orElse(WAITING));
    } catch (IllegalArgumentException e) {
      throw new StartupGuard.Refusal(
          "KAZASHI_COMMIT_LONGEST and KAZASHI_COMMIT_WAITING must be more than nothing");
    }
  }
}
