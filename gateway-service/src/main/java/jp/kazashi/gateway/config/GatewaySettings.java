package jp.kazashi.gateway.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import jp.kazashi.jpki.holder.ExpiryPolicy;
import org.eclipse.microprofile.config.Config;

/**
 * What an operator sets, besides addresses and keys that the framework takes by itself. {@code
 * docs/settings.md} is held against it.
 *
 * <p>Read by hand: a mapping that the build generates would have to be loaded by whatever JDK Maven
 * runs on.
 *
 * @param nodeId name of this node; its audit chains carry it
 * @param challengeSecret 32 bytes in base64, the same on all nodes
 * @param databaseOwner address for migrations; the application's own when there is no other
 * @param anchors PEM bundle of the CAs that issue authentication certificates
 * @param directory the directory of holders; without one, nobody is listed and a renewed
 *     certificate is registered anew
 * @param directoryBudget longest wait for it
 * @param graceFrom what the three months after a certificate's end are counted from
 * @param simulated whether this node belongs to a simulated world
 * @param worldOffset what the world clock is ahead of the real one at start
 * @param controlToken what may move the clock of a simulated world
 */
public record GatewaySettings(
    String nodeId,
    String challengeSecret,
    String databaseOwner,
    Path anchors,
    Optional<URI> directory,
    Duration directoryBudget,
    ExpiryPolicy.Anchor graceFrom,
    boolean simulated,
    Duration worldOffset,
    Optional<String> controlToken) {

  public static GatewaySettings from(Config config) {
    return new GatewaySettings(
        config.getOptionalValue("kazashi.node-id", String.class).orElse("node-1"),
        config.getValue("kazashi.challenge-secret", String.class),
        config
            .getOptionalValue("kazashi.db.owner-url", String.class)
            .orElseGet(() -> config.getValue("kazashi.db.url", String.class)),
        config.getValue("kazashi.jpki-auth-anchors", Path.class),
        config.getOptionalValue("kazashi.directory-url", URI.class),
        config
            .getOptionalValue("kazashi.directory-budget", Duration.class)
            .orElse(Duration.ofSeconds(2)),
        config
            .getOptionalValue("kazashi.grace-anchor", ExpiryPolicy.Anchor.class)
            .orElse(ExpiryPolicy.Anchor.EXPIRY_DATE),
        config.getOptionalValue("kazashi.world-simulated", Boolean.class).orElse(false),
        Duration.ofMillis(
            config.getOptionalValue("kazashi.world-offset-millis", Long.class).orElse(0L)),
        config.getOptionalValue("kazashi.control-token", String.class));
  }
}
