package jp.kazashi.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jp.kazashi.gateway.check.OutagePolicy;
import jp.kazashi.gateway.config.StartupGuard.Refusal;
import jp.kazashi.jpki.Octets;
import jp.kazashi.jpki.certificate.CertificateProfile.Purpose;
import jp.kazashi.jpki.certificate.HashAlgorithm;
import jp.kazashi.jpki.certificate.JpkiProfiles;
import jp.kazashi.jpki.certificate.ParsedCertificate;
import jp.kazashi.jpki.certificate.TrustAnchors;
import jp.kazashi.jpki.holder.ExpiryPolicy;
import jp.kazashi.jpki.revocation.Freshness;
import jp.kazashi.jpki.revocation.ResponderRules;
import jp.kazashi.jpki.verdict.JudgePolicy;
import jp.kazashi.simulator.pki.Issuer;
import jp.kazashi.simulator.pki.SimulatedJpki;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A node with worthless settings does not start, and says which setting it is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // the set-up sets the fields
class StartupGuardTest {
  private final Map<String, String> set = new HashMap<>();
  private @TempDir Path folder;
  private List<ParsedCertificate> authorities;

  @BeforeAll
  void authorities(@TempDir Path jpki) throws IOException {
    authorities =
        TrustAnchors.fromPem(
                SimulatedJpki.open(
                        jpki,
                        Instant.parse("2026-06-01T03:00:00Z"),
                        URI.create("http://unused.invalid/"),
                        new SecureRandom())
                    .anchorsPem(Issuer.Use.AUTHENTICATION))
            .certificates();
  }

  @BeforeEach
  void soundSettings() {
    set.clear();
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

  @Test
  void soundSourcesOfRevocationAreAcceptedAndAnOutageIsRefusedUnlessToldOtherwise() {
    assertThat(sources().outage()).isEqualTo(new OutagePolicy.Refuse());

    set.put("kazashi.outage-policy", "ELIGIBILITY_ONLY");
    assertThat(sources().outage()).isEqualTo(new OutagePolicy.EligibilityOnly(Duration.ofHours(1)));
  }

  @Test
  void revocationOfCardsCannotBeOffNotEvenInASimulatedWorld() {
    set.put("kazashi.world-simulated", "true");
    set.put("kazashi.ocsp-url", " , ");

    assertThatThrownBy(this::sources)
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("KAZASHI_OCSP_URL");

    set.put("kazashi.crl-urls", "http://lists.example/a.crl");
    assertThat(sources().lists()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "kazashi.ocsp-budget, PT0S",
    "kazashi.ocsp-budget, PT11S",
    "kazashi.ocsp-hedge, PT0S",
    "kazashi.ocsp-hedge, PT2.001S",
    "kazashi.ocsp-memory, PT0S",
    "kazashi.ocsp-memory, PT10M1S",
    "kazashi.ocsp-rest, PT6M",
    "kazashi.crl-every, PT1S",
    "kazashi.crl-every, P1D",
    "kazashi.outage-longest, P2D",
    "kazashi.outage-longest, PT0S",
    "kazashi.outage-policy, ANSWER_ALL",
    "kazashi.ocsp-url, ftp://ocsp.example/",
    "kazashi.ocsp-url, http:///ocsp",
    "kazashi.crl-urls, not an address"
  })
  void whatWouldMakeAnOldAnswerCountForEverIsRefused(String setting, String value) {
    set.put("kazashi.outage-policy", "ELIGIBILITY_ONLY");
    set.put(setting, value);

    assertThatThrownBy(this::sources).isInstanceOf(Refusal.class);
  }

  @Test
  void aResponderOfOneCaIsAskedFirstAboutItsCertificatesAndAboutNoOthers() {
    String own = RevocationPlans.fingerprint(authorities.getFirst());
    set.put(
        "kazashi.ocsp-url",
        "http://all.example/," + own.toUpperCase(Locale.ROOT) + "=http://own.example/");
    set.put("kazashi.crl-urls", "http://lists.example/a.crl");

    RevocationPlans plans = RevocationPlans.of(sources(), anchors());

    assertThat(plans.of(key(authorities.getFirst())).sources())
        .extracting(source -> source.address().getHost())
        .containsExactly("own.example", "all.example", "lists.example");
    assertThat(plans.of(key(authorities.getLast())).sources())
        .extracting(source -> source.address().getHost())
        .containsExactly("all.example", "lists.example");
  }

  @Test
  void aCaThatNobodyAnswersForIsRefusedAndSoIsAResponderOfNoCa() {
    String own = RevocationPlans.fingerprint(authorities.getFirst());
    set.put("kazashi.ocsp-url", own + "=http://own.example/");
    assertThatThrownBy(this::sources)
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("leaves out a CA");

    set.put("kazashi.ocsp-url", "http://all.example/," + "0".repeat(64) + "=http://own.example/");
    assertThatThrownBy(this::sources)
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("does not hold");
  }

  private static Octets key(ParsedCertificate authority) {
    return authority.keyHash(HashAlgorithm.SHA256);
  }

  private RevocationSettings sources() {
    RevocationSettings settings = RevocationSettings.from(config());
    StartupGuard.revocationSources(settings, policy());
    return settings;
  }

  private JudgePolicy policy() {
    return new JudgePolicy(
        anchors(),
        JpkiProfiles.of(Purpose.AUTHENTICATION, true),
        ExpiryPolicy.threeMonths(ExpiryPolicy.Anchor.EXPIRY_DATE),
        Freshness.ordinary(),
        ResponderRules.strict());
  }

  private TrustAnchors anchors() {
    return TrustAnchors.of(authorities);
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
