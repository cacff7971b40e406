package jp.kazashi.gateway.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * What an operator sets about who comes in, and how often. {@code docs/settings.md} is held against
 * it.
 *
 * @param certificate PEM file of this node's certificate, and what leads to its CA
 * @param key PEM file of its key
 * @param clientAuthorities PEM bundle of the CAs that issue client certificates
 * @param clientRevocations PEM bundle of what these took back, one list of each
 * @param reload how often all four are read again
 * @param terminalPerMinute most requests of one terminal or system
 * @param institutionPerMinute most requests of one institution or insurer
 * @param failedLookUpsPerHour most look-ups of one institution that found nobody
 */
public record AccessSettings(
    Path certificate,
    Path key,
    Path clientAuthorities,
    Optional<Path> clientRevocations,
    Duration reload,
    int terminalPerMinute,
    int institutionPerMinute,
    int failedLookUpsPerHour) {

  public static AccessSettings from(Config config) {
    return new AccessSettings(
        config.getValue("kazashi.tls.certificate", Path.class),
        config.getValue("kazashi.tls.key", Path.class),
        config.getValue("kazashi.tls.client-ca", Path.class),
        config
            .getOptionalValue("kazashi.tls.client-crl", Path.class)
            .filter(file -> !file.toString().isEmpty()),
        config
            .getOptionalValue("kazashi.tls.reload", Duration.class)
            .orElse(Duration.ofSeconds(10)),
        config.getOptionalValue("kazashi.limit.terminal", Integer.class).orElse(600),
        config.getOptionalValue("kazashi.limit.institution", Integer.class).orElse(6000),
        config.getOptionalValue("kazashi.limit.failed-lookups", Integer.class).orElse(300));
  }
}
