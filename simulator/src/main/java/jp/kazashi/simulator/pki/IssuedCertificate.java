package jp.kazashi.simulator.pki;

import java.math.BigInteger;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;

/** A holder's certificate and the authority that issued it. */
public record IssuedCertificate(Issuer by, X509Certificate certificate) {
  public byte[] der() {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("A certificate that was read can be written", e);
    }
  }

  public Generation generation() {
    return by.generation();
  }

  /** What the authority calls it. */
  public CertificateNumber number() {
    return new CertificateNumber(by, serial());
  }

  /** The issuer's Name in DER, as registrations carry it. */
  public byte[] issuer() {
    return certificate.getIssuerX500Principal().getEncoded();
  }

  public BigInteger serial() {
    return certificate.getSerialNumber();
  }

  public Instant begins() {
    return certificate.getNotBefore().toInstant();
  }

  /** Its last valid second. */
  public Instant ends() {
    return certificate.getNotAfter().toInstant();
  }
}
