package jp.kazashi.jpki.certificate;

import static java.util.Objects.requireNonNull;

import java.security.PublicKey;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import jp.kazashi.jpki.Octets;
import jp.kazashi.jpki.certificate.CertificateProfile.KeyUse;

/**
 * One generation of an authority: a name, a key and the time they belong together. An anchor is
 * trusted because it was configured; one below an anchor is made by path validation alone.
 */
public final class Authority {
  private final ParsedCertificate certificate;
  private final PublicKey key;
  private final Validity validity;
  private final SignatureTable table;
  private final Map<HashAlgorithm, Octets> nameHashes = new EnumMap<>(HashAlgorithm.class);
  private final Map<HashAlgorithm, Octets> keyHashes = new EnumMap<>(HashAlgorithm.class);

  private Authority(
      ParsedCertificate certificate, PublicKey key, Validity validity, SignatureTable table) {
    this.certificate = certificate;
    this.key = key;
    this.validity = validity;
    this.table = table;
    for (HashAlgorithm hash : HashAlgorithm.values()) {
      nameHashes.put(hash, hash.hash(certificate.subject().der().toArray()));
      keyHashes.put(hash, certificate.keyHash(hash));
    }
  }

  /**
   * The authority a configured certificate stands for.
   *
   * @throws IllegalArgumentException when it is no certificate of an authority
   */
  static Authority anchor(ParsedCertificate certificate) {
    return anchor(certificate, SignatureTable.EVERY_SCHEME);
  }

  static Authority anchor(ParsedCertificate certificate, SignatureTable table) {
    CertificateExtensions extensions = certificate.extensions();
    if (!extensions.authority()) {
      throw new IllegalArgumentException("A trust anchor must be a CA certificate");
    }
    if (!extensions.allows(KeyUse.KEY_CERT_SIGN)) {
      throw new IllegalArgumentException("A trust anchor's key must be for signing certificates");
    }
    return new Authority(
        certificate,
        table
            .key(certificate.keyInfo())
            .orElseThrow(
                () -> new IllegalArgumentException("A trust anchor's key is not in the table")),
        certificate
            .validity()
            .orElseThrow(
                () -> new IllegalArgumentException("A trust anchor's validity is malformed")),
        table);
  }

  /** One below an anchor, once its certificate is validated. */
  static Authority below(
      ParsedCertificate certificate, PublicKey key, Validity validity, SignatureTable table) {
    return new Authority(certificate, key, validity, table);
  }

  /** What a certificate says to be, before any path to it is known. */
  static Optional<Authority> claimed(ParsedCertificate certificate) {
    return SignatureTable.EVERY_SCHEME
        .key(certificate.keyInfo())
        .flatMap(key ->
            certificate
                .validity()
                .map(validity ->
                    new Authority(certificate, key, validity, SignatureTable.EVERY_SCHEME)));
  }

  public DistinguishedName name() {
    return certificate.subject();
  }

  /** The certificate it was configured or validated as. */
  public ParsedCertificate certificate() {
    return certificate;
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

  public boolean maySignCrls() {
    return certificate.extensions().allows(KeyUse.CRL_SIGN);
  }

  /** Whether it signed the certificate under its name. Says nothing of the time. */
  public boolean issued(ParsedCertificate certificate) {
    return hasNameOf(certificate) && certificate.isSignedBy(key, table);
  }

  boolean hasNameOf(ParsedCertificate certificate) {
    return name().matches(certificate.issuer());
  }

  boolean hasKeyIdOf(ParsedCertificate certificate) {
    Optional<Octets> keyId = this.certificate.extensions().subjectKeyId();
    return keyId.isPresent() && keyId.equals(certificate.extensions().authorityKeyId());
  }

  boolean isValidAt(Instant at) {
    return validity.holdsAt(at);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Authority authority
        && name().equals(authority.name())
        && key.equals(authority.key)
        && validity.equals(authority.validity);
  }

  @Override
  public int hashCode() {
    return name().hashCode() * 31 + key.hashCode();
  }
}
