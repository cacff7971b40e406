package jp.kazashi.gateway.config;

import java.time.Duration;
import org.eclipse.microprofile.config.Config;

/**
 * What an operator sets about desks and receipt computers. {@code docs/settings.md} is held against
 * it.
 *
 * @param session how long a sign-in of staff lasts
 * @param breath how long a stream of events is silent before it shows that it is alive
 */
public record DeskSettings(Duration session, Duration breath) {
  public DeskSettings {
    if (session.isNegative() || session.isZero() || session.compareTo(Duration.ofHours(12)) > 0) {
      throw new StartupGuard.Refusal("KAZASHI_STAFF_SESSION must be at most 12 hours");
    }
  }

  public static DeskSettings from(Config config) {
    return new DeskSettings(
        config
            .getOptionalValue("kazashi.staff-session", Duration.class)
            .orElse(Duration.ofHours(8)),
        config
            .getOptionalValue("kazashi.events-breath", Duration.class)
            .orElse(Duration.ofSeconds(15)));
  }
}
