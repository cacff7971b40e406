package jp.kazashi.gateway.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.eclipse.microprofile.config.Config;

/**
 * How the audit is sealed.
 *
 * @param authority the time stamping authority (RFC 3161)
 * @param anchor PEM file of the CAs behind it
 * @param every how long entries wait for the next seal
 * @param stop how old the oldest unsealed entry may become until nothing more is answered
 */
public record SealSettings(URI authority, Path anchor, Duration every, Duration stop) {
  private static final Duration LONGEST_STOP = Duration.ofHours(4);

  public SealSettings {
    if (every.isNegative() || every.isZero() || every.compareTo(stop) >= 0) {
      throw new StartupGuard.Refusal("KAZASHI_SEAL_EVERY must be shorter than KAZASHI_SEAL_STOP");
    }
    if (stop.compareTo(LONGEST_STOP) > 0) {
      throw new StartupGuard.Refusal("KAZASHI_SEAL_STOP must be at most " + LONGEST_STOP);
    }
  }

  public static SealSettings from(Config config) {
    return new SealSettings(
        config.getValue("kazashi.tsa-url", URI.class),
        config.getValue("kazashi.tsa-anchor", Path.class),
        config.getOptionalValue("kazashi.seal-every", Duration.class).orElse(Duration.ofMinutes(1)),
        config.getOptionalValue("kazashi.seal-stop", Duration.class).orElse(LONGEST_STOP));
  }
}
