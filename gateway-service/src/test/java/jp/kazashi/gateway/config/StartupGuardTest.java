package jp.kazashi.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import jp.kazashi.gateway.config.StartupGuard.Refusal;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node with worthless settings does not start, and says which setting it is. */
class StartupGuardTest {
  private final Map<String, String> set = new HashMap<>();
  private @TempDir Path folder;

  @BeforeEach
  void soundSettings() {
    byte[] secret = new byte[32];
    for (int i = 0; i < secret.length; i++) {
      secret[i] = (byte) (i * i * 31 + 7);
    }
    set.put("kazashi.challenge-secret", Base64.getEncoder().encodeToString(secret));
    set.put("kazashi.db.url", "postgresql://app:b2Vf-9sKq-LmZw8@db/kazashi");
    set.put("kazashi.redis.url", "redis://:pT7x-Qw2c-RrN4k@redis:6379");
    set.put("kazashi.jpki-auth-anchors", folder.resolve("anchors.pem").toString());
    set.put("kazashi.ocsp-url", "http://ocsp.example/");
    set.put("kazashi.tls.certificate", "server.pem");
    set.put("kazashi.tls.key", "server.key");
    set.put("kazashi.tls.client-ca", "clients.pem");
    set.put("kazashi.tls.client-crl", "clients.crl.pem");
  }

  @Test
  void soundSettingsAreAccepted() {
    assertThatCode(this::guard).doesNotThrowAnyException();
    assertThat(StartupGuard.challengeSecret(gateway())).hasSize(32);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "not base64",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", // 32 zeros
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", // 0, 1, 2, …
        "YWJjYWJjYWJjYWJjYWJjYWJjYWJjYWJjYWJjYWJjYWI=", // abcabc…
        "c2hvcnQ="
      })
  void aChallengeSecretThatIsNoneIsRefused(String secret) {
    set.put("kazashi.challenge-secret", secret.isEmpty() ? "=" : secret);

    assertThatThrownBy(() -> StartupGuard.challengeSecret(gateway()))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("KAZASHI_CHALLENGE_SECRET");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://db/kazashi",
        "postgresql://app@db/kazashi",
        "postgresql://app:short@db/kazashi",
        "postgresql://app:Postgres12345@db/kazashi"
      })
  void aDatabaseWithoutARealPasswordIsRefusedOutsideASimulatedWorld(String url) {
    set.put("kazashi.db.url", url);
    assertThatThrownBy(this::guard)
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("KAZASHI_DB_URL");

    set.put("kazashi.world-simulated", "true");
    assertThatCode(this::guard).doesNotThrowAnyException();
  }

  @Test
  void anOpenRedisIsRefused() {
    set.put("kazashi.redis.url", "redis://redis:6379");

    assertThatThrownBy(this::guard)
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("KAZASHI_REDIS_URL");
  }

  @Test
  void revocationOfClientsCannotBeOffNotEvenInASimulatedWorld() {
    set.put("kazashi.world-simulated", "true");
    set.remove("kazashi.tls.client-crl");

    assertThatThrownBy(this::guard)
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("KAZASHI_TLS_CLIENT_CRL");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT31S", "PT10M"})
  void aReloadThatCannotKeepTheMinuteIsRefused(String period) {
    set.put("kazashi.tls.reload", period);

    assertThatThrownBy(this::guard)
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("KAZASHI_TLS_RELOAD");
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "/.*/", "https://*.example", "https://desk.example,*"})
  void anApiForEveryOriginIsRefused(String origins) {
    set.put("quarkus.http.cors.enabled", "true");
    set.put("quarkus.http.cors.origins", origins);

    assertThatThrownBy(this::guard).isInstanceOf(Refusal.class).hasMessageContaining("CORS");
  }

  @Test
  void anchorsThatAreEmptyOrAbsentAreRefused() throws IOException {
    assertThatThrownBy(() -> StartupGuard.anchors(gateway()))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("KAZASHI_JPKI_AUTH_ANCHORS");

    Files.writeString(folder.resolve("anchors.pem"), "# to be filled in\n");
    assertThatThrownBy(() -> StartupGuard.anchors(gateway()))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("KAZASHI_JPKI_AUTH_ANCHORS");
  }

  @Test
  void aMovableClockBelongsToASimulatedWorld() {
    set.put("kazashi.control-token", "token");

    assertThatThrownBy(() -> StartupGuard.clock(gateway())).isInstanceOf(Refusal.class);
  }

  private void guard() {
    Config config = config();
    StartupGuard.access(config, GatewaySettings.from(config), AccessSettings.from(config));
  }

  private GatewaySettings gateway() {
    return GatewaySettings.from(config());
  }

  private Config config() {
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .withSources(new PropertiesConfigSource(set, "test", 100))
        .withConverter(Path.class, 100, Path::of)
        .build();
  }
}
