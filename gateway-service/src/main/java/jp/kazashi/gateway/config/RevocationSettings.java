package jp.kazashi.gateway.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.kazashi.gateway.check.OutagePolicy;
import org.eclipse.microprofile.config.Config;

/**
 * What an operator sets about finding out whether a card was revoked. {@code docs/settings.md} is
 * held against it.
 *
 * @param responders OCSP responders, in the order of asking
 * @param lists addresses of revocation lists, kept warm for when no responder decides
 * @param budget longest time one gathering takes
 * @param hedge when the next responder is asked beside one that has not answered
 * @param memory how long an answer may be used again; it is judged anew each time
 * @param rest longest time a responder that does not answer is left alone
 * @param listsEvery how often lists are looked for when nothing makes it urgent
 * @param outage what is done about cards when nobody can be asked
 */
public record RevocationSettings(
    List<Responder> responders,
    List<URI> lists,
    Duration budget,
    Duration hedge,
    Duration memory,
    Duration rest,
    Duration listsEvery,
    OutagePolicy outage) {
  private static final Pattern OF_AUTHORITY = Pattern.compile("([0-9A-Fa-f]{64})=(.+)");
  private static final String REFUSE = "REFUSE";
  private static final String ELIGIBILITY_ONLY = "ELIGIBILITY_ONLY";

  public RevocationSettings {
    responders = List.copyOf(responders);
    lists = List.copyOf(lists);
  }

  /**
   * Who may be asked.
   *
   * @param authority SHA-256 of the CA's certificate whose certificates it answers about; empty for
   *     all
   */
  public record Responder(Optional<String> authority, URI address) {
    /** An address, or {@code fingerprint=address}. */
    static Responder parse(String text) {
      Matcher of = OF_AUTHORITY.matcher(text);
      return of.matches()
          ? new Responder(Optional.of(of.group(1).toLowerCase(Locale.ROOT)), addressIn(of.group(2)))
          : new Responder(Optional.empty(), addressIn(text));
    }
  }

  public static RevocationSettings from(Config config) {
    return new RevocationSettings(
        list(config, "kazashi.ocsp-url").stream().map(Responder::parse).toList(),
        list(config, "kazashi.crl-urls").stream().map(RevocationSettings::addressIn).toList(),
        duration(config, "kazashi.ocsp-budget", Duration.ofSeconds(2)),
        duration(config, "kazashi.ocsp-hedge", Duration.ofMillis(300)),
        duration(config, "kazashi.ocsp-memory", Duration.ofSeconds(30)),
        duration(config, "kazashi.ocsp-rest", Duration.ofSeconds(30)),
        duration(config, "kazashi.crl-every", Duration.ofMinutes(10)),
        outage(
            config.getOptionalValue("kazashi.outage-policy", String.class).orElse(REFUSE),
            duration(config, "kazashi.outage-longest", Duration.ofHours(1))));
  }

  private static OutagePolicy outage(String policy, Duration longest) {
    return switch (policy) {
      case REFUSE -> new OutagePolicy.Refuse();
      case ELIGIBILITY_ONLY -> {
        if (!longest.isPositive()) {
          throw new StartupGuard.Refusal("KAZASHI_OUTAGE_LONGEST must be longer than nothing");
        }
        yield new OutagePolicy.EligibilityOnly(longest);
      }
      default ->
          throw new StartupGuard.Refusal(
              "KAZASHI_OUTAGE_POLICY is REFUSE or ELIGIBILITY_ONLY, not " + policy);
    };
  }

  private static List<String> list(Config config, String name) {
    return config.getOptionalValue(name, String.class).stream()
        .flatMap(text -> List.of(text.split(",", -1)).stream())
        .map(String::strip)
        .filter(each -> !each.isEmpty())
        .toList();
  }

  private static Duration duration(Config config, String name, Duration otherwise) {
    return config.getOptionalValue(name, Duration.class).orElse(otherwise);
  }

  private static URI addressIn(String text) {
    try {
      URI address = URI.create(text);
      String scheme = String.valueOf(address.getScheme());
      if (address.getHost() == null || !Set.of("http", "https").contains(scheme)) {
        throw new StartupGuard.Refusal("A source of revocation is no address over HTTP: " + text);
      }
      return address;
    } catch (IllegalArgumentException e) {
      throw new StartupGuard.Refusal("A source of revocation is no address: " + text);
    }
  }
}
