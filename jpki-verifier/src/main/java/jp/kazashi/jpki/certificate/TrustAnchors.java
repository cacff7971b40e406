package jp.kazashi.jpki.certificate;

import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.kazashi.jpki.Octets;

/**
 * The authorities one purpose is trusted from, never empty and never read from a card. Several
 * generations share one name with different keys, so that a name alone chooses nothing.
 */
public final class TrustAnchors {
  private static final Pattern PEM_CERTIFICATE =
      Pattern.compile("-----BEGIN CERTIFICATE-----([^-]*)-----END CERTIFICATE-----");

  private final List<Authority> authorities;

  private TrustAnchors(List<Authority> authorities) {
    if (authorities.isEmpty()) {
      throw new IllegalArgumentException("At least one trust anchor is needed");
    }
    this.authorities = authorities.stream().distinct().toList();
  }

  /**
   * Anchors from one PEM bundle.
   *
   * @throws IllegalArgumentException when there is none, or any in it cannot be one
   */
  public static TrustAnchors fromPem(String pem) {
    List<Authority> authorities = new ArrayList<>();
    Matcher certificates = PEM_CERTIFICATE.matcher(pem);
    while (certificates.find()) {
      byte[] der = Base64.getDecoder().decode(certificates.group(1).replaceAll("\\s", ""));
      authorities.add(
          ParsedCertificate.parse(Octets.of(der))
              .map(Authority::of)
              .orElseThrow(() -> new IllegalArgumentException("A trust anchor is no certificate")));
    }
    return new TrustAnchors(authorities);
  }

  public int size() {
    return authorities.size();
  }

  /** Those of the certificate's issuer name, the one its key id points to first. */
  List<Authority> candidatesFor(ParsedCertificate certificate) {
    return authorities.stream()
        .filter(authority -> authority.hasNameOf(certificate))
        .sorted(Comparator.comparing(authority -> !authority.hasKeyIdOf(certificate)))
        .toList();
  }

  /** The one to ask about the certificate: by key id when that settles it, else by signature. */
  Optional<Authority> issuerOf(ParsedCertificate certificate) {
    List<Authority> candidates = candidatesFor(certificate);
    List<Authority> pointedTo =
        candidates.stream().filter(authority -> authority.hasKeyIdOf(certificate)).toList();
    return pointedTo.size() == 1
        ? Optional.of(pointedTo.getFirst())
        : candidates.stream().filter(authority -> authority.issued(certificate)).findFirst();
  }
}
