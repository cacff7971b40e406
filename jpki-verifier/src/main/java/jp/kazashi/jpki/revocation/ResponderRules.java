package jp.kazashi.jpki.revocation;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.kazashi.jpki.certificate.ParsedCertificate;
import jp.kazashi.jpki.certificate.UntrustedCertificate;

/**
 * Who may answer, and what is forgiven whom. The issuer itself and its delegates always may.
 *
 * @param nonceExempt sources that may answer without repeating the nonce
 * @param designated responders trusted by configuration, each for one source (RFC 6960 §4.2.2.2)
 */
public record ResponderRules(Set<URI> nonceExempt, Map<URI, ParsedCertificate> designated) {
  public ResponderRules {
    nonceExempt = Set.copyOf(nonceExempt);
    designated = Map.copyOf(designated);
  }

  public ResponderRules(Set<URI> nonceExempt) {
    this(nonceExempt, Map.of());
  }

  /** The issuer itself or its delegate, always with the nonce. */
  public static ResponderRules strict() {
    return new ResponderRules(Set.of());
  }

  /**
   * These rules, with one more source whose responder is known by its certificate.
   *
   * @throws IllegalArgumentException when it is no certificate
   */
  public ResponderRules designating(URI source, UntrustedCertificate responder) {
    Map<URI, ParsedCertificate> more = new HashMap<>(designated);
    more.put(
        source,
        ParsedCertificate.parse(responder.der())
            .orElseThrow(
                () -> new IllegalArgumentException("A designated responder is no certificate")));
    return new ResponderRules(nonceExempt, more);
  }

  Optional<ParsedCertificate> designatedFor(URI source) {
    return Optional.ofNullable(designated.get(source));
  }
}
