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
  private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
  private static final Pattern PEM_CERTIFICATE =
      Pattern.compile(BEGIN + "([^-]*)-----END CERTIFICATE-----");

  private final List<Authority> authorities;
  private final List<ParsedCertificate> below;

  private TrustAnchors(List<Authority> authorities, List<ParsedCertificate> below) {
    if (authorities.isEmpty()) {
      throw new IllegalArgumentException("At least one trust anchor is needed");
    }
    this.authorities = authorities.stream().distinct().toList();
    this.below = List.copyOf(below);
  }

  /**
   * Anchors from one PEM bundle.
   *
   * @throws IllegalArgumentException when there is none, or any in it cannot be one
   */
  public static TrustAnchors fromPem(String pem) {
    return of(certificates(pem));
  }

  /** Anchors from certificates. */
  public static TrustAnchors of(List<ParsedCertificate> certificates) {
    return new TrustAnchors(certificates.stream().map(Authority::anchor).toList(), List.of());
  }

  public static TrustAnchors of(ParsedCertificate certificate, SignatureTable table) {
    return new TrustAnchors(List.of(Authority.anchor(certificate, table)), List.of());
  }

  /** These anchors, and authorities that are known but trusted only by a path from an anchor. */
  public TrustAnchors withAuthoritiesFromPem(String pem) {
    return withAuthorities(certificates(pem));
  }

  public TrustAnchors withAuthorities(List<ParsedCertificate> certificates) {
    return new TrustAnchors(authorities, certificates);
  }

  public int size() {
    return authorities.size();
  }

  /** The anchors' certificates as they were configured. */
  public List<ParsedCertificate> certificates() {
    return authorities.stream().map(Authority::certificate).toList();
  }

  /** The certificates of the authorities below. */
  public List<ParsedCertificate> authorities() {
    return below;
  }

  /** One of them alone, with all that may hang on it. */
  public TrustAnchors only(Authority anchor) {
    return new TrustAnchors(List.of(anchor), below);
  }

  /** Those of the certificate's issuer name, the one its key id points to first. */
  List<Authority> candidatesFor(ParsedCertificate certificate) {
    return authorities.stream()
        .filter(authority -> authority.hasNameOf(certificate))
        .sorted(Comparator.comparing(authority -> !authority.hasKeyIdOf(certificate)))
        .toList();
  }

  /** The same below the anchors. */
  List<ParsedCertificate> authoritiesFor(ParsedCertificate certificate) {
    Optional<Octets> keyId = certificate.extensions().authorityKeyId();
    return below.stream()
        .filter(authority -> authority.subject().matches(certificate.issuer()))
        .sorted(
            Comparator.comparing(authority ->
                keyId.isEmpty() || !keyId.equals(authority.extensions().subjectKeyId())))
        .toList();
  }

  /** The one to ask about the certificate: by key id when that settles it, else by signature. */
  Optional<Authority> issuerOf(ParsedCertificate certificate) {
    List<Authority> candidates = candidatesFor(certificate);
    List<Authority> pointedTo =
        candidates.stream().filter(authority -> authority.hasKeyIdOf(certificate)).toList();
    return pointedTo.size() == 1
        ? Optional.of(pointedTo.getFirst())
        : candidates.stream()
            .filter(authority -> authority.issued(certificate))
            .findFirst()
            .or(() ->
                authoritiesFor(certificate).stream()
                    .flatMap(below -> Authority.claimed(below).stream())
                    .filter(authority -> authority.issued(certificate))
                    .findFirst());
  }

  /** The anchor an authority is or seems to hang on: for gathering evidence, not for deciding. */
  Authority above(Authority authority) {
    return authorities.contains(authority)
        ? authority
        : candidatesFor(authority.certificate()).stream()
            .findFirst()
            .orElse(authorities.getFirst());
  }

  private static List<ParsedCertificate> certificates(String pem) {
    List<ParsedCertificate> certificates = new ArrayList<>();
    Matcher blocks = PEM_CERTIFICATE.matcher(pem);
    while (blocks.find()) {
      byte[] der = Base64.getDecoder().decode(blocks.group(1).replaceAll("\\s", ""));
      certificates.add(
          ParsedCertificate.parse(Octets.of(der))
              .orElseThrow(() -> new IllegalArgumentException("A trust anchor is no certificate")));
    }
    // A file that was cut off must not become a shorter list of anchors.
    if (certificates.size() < pem.split(BEGIN, -1).length - 1) {
      throw new IllegalArgumentException("A trust anchor is cut off");
    }
    return certificates;
  }
}
