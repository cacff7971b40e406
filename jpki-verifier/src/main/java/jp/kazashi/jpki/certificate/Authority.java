package jp.kazashi.jpki.certificate;

import static java.util.Objects.requireNonNull;

import java.security.PublicKey;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import jp.kazashi.jpki.Octets;
import jp.kazashi.jpki.certificate.CertificateProfile.KeyUse;

/** One generation of a trusted authority: a name, a key and the time they belong together. */
public final class Authority {
  private final Octets name;
  private final PublicKey key;
  private final Optional<Octets> keyId;
  private final Validity validity;
  private final Map<HashAlgorithm, Octets> nameHashes = new EnumMap<>(HashAlgorithm.class);
  private final Map<HashAlgorithm, Octets> keyHashes = new EnumMap<>(HashAlgorithm.class);

  private Authority(ParsedCertificate certificate, PublicKey key, Validity validity) {
    this.name = certificate.subject();
    this.key = key;
    this.keyId = certificate.extensions().subjectKeyId();
    this.validity = validity;
    for (HashAlgorithm hash : HashAlgorithm.values()) {
      nameHashes.put(hash, hash.hash(name.toArray()));
      keyHashes.put(hash, certificate.keyHash(hash));
    }
  }

  /**
   * The authority a configured certificate stands for.
   *
   * @throws IllegalArgumentException when it is no certificate of an authority
   */
  static Authority of(ParsedCertificate certificate) {
    CertificateExtensions extensions = certificate.extensions();
    if (!extensions.authority()) {
      throw new IllegalArgumentException("A trust anchor must be a CA certificate");
    }
    if (extensions.keyUses().map(uses -> !uses.contains(KeyUse.KEY_CERT_SIGN)).orElse(false)) {
      throw new IllegalArgumentException("A trust anchor's key must be for signing certificates");
    }
    return new Authority(
        certificate,
        certificate
            .key()
            .orElseThrow(
                () -> new IllegalArgumentException("A trust anchor's key is not in the table")),
        certificate
            .validity()
            .orElseThrow(
                () -> new IllegalArgumentException("A trust anchor's validity is malformed")));
  }

  /** Its Name in DER. */
  public Octets name() {
    return name;
  }

  public Octets nameHash(HashAlgorithm hash) {
    return requireNonNull(nameHashes.get(hash));
  }

  public Octets keyHash(HashAlgorithm hash) {
    return requireNonNull(keyHashes.get(hash));
  }

  public PublicKey key() {
    return key;
  }

  /** Whether it signed the certificate under its name. Says nothing of the time. */
  public boolean issued(ParsedCertificate certificate) {
    return hasNameOf(certificate) && certificate.isSignedBy(key);
  }

  boolean hasNameOf(ParsedCertificate certificate) {
    return name.equals(certificate.issuer());
  }

  boolean hasKeyIdOf(ParsedCertificate certificate) {
    return keyId.isPresent() && keyId.equals(certificate.extensions().authorityKeyId());
  }

  boolean isValidAt(Instant at) {
    return validity.holdsAt(at);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Authority authority
        && name.equals(authority.name)
        && key.equals(authority.key)
        && validity.equals(authority.validity);
  }

  @Override
  public int hashCode() {
    return name.hashCode() * 31 + key.hashCode();
  }
}
