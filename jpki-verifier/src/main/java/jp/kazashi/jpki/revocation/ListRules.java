package jp.kazashi.jpki.revocation;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * Which revocation lists count.
 *
 * @param freshness how old a list may be, whatever its nextUpdate says
 * @param indirect whether a list may speak of certificates of other issuers
 * @param withoutNextUpdate whether a list may leave open when the next one comes
 */
public record ListRules(Freshness freshness, boolean indirect, boolean withoutNextUpdate) {
  public ListRules {
    requireNonNull(freshness, "freshness");
  }

  /** A list made every day, of its own issuer alone (RFC 5280 §5.1.2.5 asks for nextUpdate). */
  public static ListRules ordinary() {
    return new ListRules(new Freshness(Duration.ofSeconds(15), Duration.ofDays(2)), false, false);
  }
}
