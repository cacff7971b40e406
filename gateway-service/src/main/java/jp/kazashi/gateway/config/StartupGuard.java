package jp.kazashi.gateway.config;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jp.kazashi.gateway.check.OutagePolicy;
import jp.kazashi.jpki.certificate.TrustAnchors;
import jp.kazashi.jpki.verdict.JudgePolicy;
import org.eclipse.microprofile.config.Config;

/** Refuses to start a node whose settings would make its promises worthless. */
public final class StartupGuard {
  private static final int SECRET_BYTES = 32;

  /** Of 32 random bytes fewer different ones come up less often than anything else goes wrong. */
  private static final int DIFFERENT_BYTES = 16;

  private static final int SHORTEST_PASSWORD = 12;
  private static final Set<String> KNOWN_PASSWORDS =
      Set.of("changeme", "kazashi", "password", "postgres", "redis", "secret");

  /** With this, and the time of one look, a revoked client is out well within a minute. */
  private static final Duration LONGEST_RELOAD = Duration.ofSeconds(30);

  /** Nobody stands at a counter for longer. */
  private static final Duration LONGEST_GATHERING = Duration.ofSeconds(10);

  private static final Duration LONGEST_REST = Duration.ofMinutes(5);
  private static final Duration SHORTEST_LIST_PAUSE = Duration.ofSeconds(5);

  /** Lists are made every day: a look a day would always come too late. */
  private static final Duration LONGEST_LIST_PAUSE = Duration.ofHours(6);

  /** After a day without evidence a lost card has been in strange hands for a day. */
  private static final Duration LONGEST_OUTAGE = Duration.ofDays(1);

  private StartupGuard() {}

  /** The challenge secret, if it is one. */
  public static byte[] challengeSecret(GatewaySettings settings) {
    byte[] secret = decode(settings.challengeSecret());
    if (secret.length != SECRET_BYTES) {
      throw new Refusal("KAZASHI_CHALLENGE_SECRET must be 32 random bytes in base64");
    }
    boolean[] seen = new boolean[1 << Byte.SIZE];
    int different = 0;
    for (byte each : secret) {
      int value = Byte.toUnsignedInt(each);
      different += seen[value] ? 0 : 1;
      seen[value] = true;
    }
    if (different < DIFFERENT_BYTES || isCounting(secret)) {
      throw new Refusal("KAZASHI_CHALLENGE_SECRET is not random");
    }
    return secret;
  }

  private static boolean isCounting(byte[] secret) {
    for (int at = 2; at < secret.length; at++) {
      if ((byte) (secret[at] - secret[at - 1]) != (byte) (secret[1] - secret[0])) {
        return false;
      }
    }
    return true;
  }

  /** A clock that can be moved belongs to a simulated world only. */
  public static void clock(GatewaySettings settings) {
    boolean movable = !settings.worldOffset().isZero() || settings.controlToken().isPresent();
    if (movable && !settings.simulated()) {
      throw new Refusal(
          "KAZASHI_WORLD_OFFSET_MILLIS and KAZASHI_CONTROL_TOKEN are for a simulated world only");
    }
  }

  /** The CAs of the cards. Without one nothing could ever be trusted, or worse. */
  public static TrustAnchors anchors(GatewaySettings settings) {
    try {
      return TrustAnchors.fromPem(Files.readString(settings.anchors()));
    } catch (IOException | IllegalArgumentException e) {
      throw new Refusal("KAZASHI_JPKI_AUTH_ANCHORS names no CA: " + e.getMessage());
    }
  }

  /** Where nobody can be asked, or an old answer counts for ever, no card is ever revoked. */
  static void revocationSources(RevocationSettings settings, JudgePolicy policy) {
    if (settings.responders().isEmpty() && settings.lists().isEmpty()) {
      throw new Refusal(
          "KAZASHI_OCSP_URL and KAZASHI_CRL_URLS name nobody: a revoked card could not be told");
    }
    Set<String> authorities =
        policy.anchors().certificates().stream()
            .map(RevocationPlans::fingerprint)
            .collect(Collectors.toSet());
    settings.responders().stream()
        .flatMap(responder -> responder.authority().stream())
        .filter(authority -> !authorities.contains(authority))
        .findFirst()
        .ifPresent(unknown -> {
          throw new Refusal(
              "KAZASHI_OCSP_URL names a CA that KAZASHI_JPKI_AUTH_ANCHORS does not hold: "
                  + unknown);
        });
    boolean covered =
        settings.responders().stream().anyMatch(each -> each.authority().isEmpty())
            || !settings.lists().isEmpty()
            || authorities.stream()
                .allMatch(authority ->
                    settings.responders().stream()
                        .anyMatch(each -> each.authority().equals(Optional.of(authority))));
    if (!covered) {
      throw new Refusal("KAZASHI_OCSP_URL leaves out a CA, and there are no KAZASHI_CRL_URLS");
    }
    within("KAZASHI_OCSP_BUDGET", settings.budget(), LONGEST_GATHERING);
    within("KAZASHI_OCSP_HEDGE", settings.hedge(), settings.budget());
    within("KAZASHI_OCSP_MEMORY", settings.memory(), policy.freshness().age());
    within("KAZASHI_OCSP_REST", settings.rest(), LONGEST_REST);
    within("KAZASHI_CRL_EVERY", settings.listsEvery(), LONGEST_LIST_PAUSE);
    if (settings.listsEvery().compareTo(SHORTEST_LIST_PAUSE) < 0) {
      throw new Refusal("KAZASHI_CRL_EVERY must be at least " + SHORTEST_LIST_PAUSE);
    }
    if (settings.outage() instanceof OutagePolicy.EligibilityOnly(var longest)) {
      within("KAZASHI_OUTAGE_LONGEST", longest, LONGEST_OUTAGE);
    }
  }

  private static void within(String setting, Duration value, Duration longest) {
    if (!value.isPositive() || value.compareTo(longest) > 0) {
      throw new Refusal(setting + " must be longer than nothing and at most " + longest);
    }
  }

  /** What stands between the API and everybody. */
  public static void access(Config config, GatewaySettings gateway, AccessSettings access) {
    revocation(access);
    origins(config);
    if (!gateway.simulated()) {
      password("KAZASHI_DB_URL", config.getValue("kazashi.db.url", String.class));
      password("KAZASHI_DB_OWNER_URL", gateway.databaseOwner());
      password("KAZASHI_REDIS_URL", config.getValue("kazashi.redis.url", String.class));
    }
  }

  private static void revocation(AccessSettings access) {
    if (access.clientRevocations().isEmpty()) {
      throw new Refusal(
          "KAZASHI_TLS_CLIENT_CRL is missing: a lost terminal could never be shut out");
    }
    if (access.reload().isNegative()
        || access.reload().isZero()
        || access.reload().compareTo(LONGEST_RELOAD) > 0) {
      throw new Refusal("KAZASHI_TLS_RELOAD must be at most " + LONGEST_RELOAD);
    }
    if (access.terminalPerMinute() < 1
        || access.institutionPerMinute() < 1
        || access.failedLookUpsPerHour() < 1) {
      throw new Refusal(
          "KAZASHI_LIMIT_TERMINAL, KAZASHI_LIMIT_INSTITUTION and KAZASHI_LIMIT_FAILED_LOOKUPS are"
              + " numbers above zero");
    }
  }

  /** No page of another site talks to this API; one that all may use would say they can. */
  private static void origins(Config config) {
    boolean on =
        config.getOptionalValue("quarkus.http.cors.enabled", Boolean.class).orElse(false)
            || config.getOptionalValue("quarkus.http.cors", Boolean.class).orElse(false);
    List<String> origins =
        config.getOptionalValues("quarkus.http.cors.origins", String.class).orElse(List.of());
    if (on && (origins.isEmpty() || origins.stream().anyMatch(StartupGuard::isEverybody))) {
      throw new Refusal("CORS must not be open to every origin");
    }
  }

  private static boolean isEverybody(String origin) {
    return origin.isBlank() || origin.contains("*") || origin.startsWith("/");
  }

  private static void password(String setting, String url) {
    String word =
        Optional.ofNullable(URI.create(url).getUserInfo())
            .map(user -> user.substring(user.indexOf(':') + 1))
            .orElse("");
    if (word.length() < SHORTEST_PASSWORD
        || KNOWN_PASSWORDS.stream().anyMatch(word.toLowerCase(Locale.ROOT)::contains)) {
      throw new Refusal(setting + " has no password, or one that is easily guessed");
    }
  }

  private static byte[] decode(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  /** Why this node does not start. */
  public static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refusal(String message) {
      super(message, null, false, false);
    }
  }
}
