package jp.kazashi.jpki.revocation;

import java.net.URI;
import java.util.Set;

/**
 * Who may answer, and what is forgiven whom.
 *
 * @param nonceExempt sources that may answer without repeating the nonce
 */
public record ResponderRules(Set<URI> nonceExempt) {
  public ResponderRules {
    nonceExempt = Set.copyOf(nonceExempt);
  }

  /** The issuer itself or its delegate, always with the nonce. */
  public static ResponderRules strict() {
    return new ResponderRules(Set.of());
  }
}
