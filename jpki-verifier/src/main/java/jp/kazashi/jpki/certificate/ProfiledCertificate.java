package jp.kazashi.jpki.certificate;

import java.security.PublicKey;

/** A certificate of the right kind. Who made it is not known yet. */
public final class ProfiledCertificate {
  private final ParsedCertificate certificate;
  private final CertificateProfile profile;
  private final Validity validity;
  private final SignatureScheme scheme;
  private final PublicKey key;

  ProfiledCertificate(
      ParsedCertificate certificate,
      CertificateProfile profile,
      Validity validity,
      SignatureScheme scheme,
      PublicKey key) {
    this.certificate = certificate;
    this.profile = profile;
    this.validity = validity;
    this.scheme = scheme;
    this.key = key;
  }

  ParsedCertificate certificate() {
    return certificate;
  }

  public CertificateProfile profile() {
    return profile;
  }

  Validity validity() {
    return validity;
  }

  SignatureScheme scheme() {
    return scheme;
  }

  PublicKey key() {
    return key;
  }
}
