package jp.kazashi.simulator.pki;

import java.io.IOException;
import java.math.BigInteger;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERGeneralizedTime;
import org.bouncycastle.asn1.DERUTCTime;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate before it is signed. It can be made right, and, for those who must refuse it, wrong
 * in any one place.
 */
public final class CertificateDraft {
  private static final int LAST_UTC_YEAR = 2049;
  private static final DateTimeFormatter UTC_TIME = DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'");
  private static final DateTimeFormatter GENERALIZED_TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'");

  private final DraftExtensions extensions = new DraftExtensions();
  private X500Name issuer;
  private X500Name subject;
  private BigInteger serial;
  private Time notBefore;
  private Time notAfter;
  private SubjectPublicKeyInfo key;

  CertificateDraft(
      X500Name issuer,
      X500Name subject,
      BigInteger serial,
      Instant notBefore,
      Instant notAfter,
      PublicKey key) {
    this.issuer = issuer;
    this.subject = subject;
    this.serial = serial;
    this.notBefore = time(notBefore);
    this.notAfter = time(notAfter);
    this.key = SubjectPublicKeyInfo.getInstance(key.getEncoded());
  }

  public CertificateDraft issuer(X500Name name) {
    issuer = name;
    return this;
  }

  public CertificateDraft subject(X500Name name) {
    subject = name;
    return this;
  }

  public CertificateDraft serial(BigInteger number) {
    serial = number;
    return this;
  }

  public CertificateDraft notBefore(Time time) {
    notBefore = time;
    return this;
  }

  public CertificateDraft notAfter(Time time) {
    notAfter = time;
    return this;
  }

  public CertificateDraft key(SubjectPublicKeyInfo info) {
    key = info;
    return this;
  }

  /** Adds an extension, in the place of one with the same identifier. */
  public CertificateDraft extension(
      ASN1ObjectIdentifier identifier, boolean critical, ASN1Encodable value) {
    extensions.put(identifier, critical, value);
    return this;
  }

  public CertificateDraft without(ASN1ObjectIdentifier identifier) {
    extensions.remove(identifier);
    return this;
  }

  /** Signs with the algorithm the real authority uses. */
  public byte[] signedBy(PrivateKey authority) {
    return signedBy(authority, "SHA256withRSA");
  }

  public byte[] signedBy(PrivateKey authority, String algorithm) {
    try {
      X509v3CertificateBuilder builder =
          new X509v3CertificateBuilder(issuer, serial, notBefore, notAfter, subject, key);
      for (Extension extension : extensions.list()) {
        builder.addExtension(extension);
      }
      return builder.build(new JcaContentSignerBuilder(algorithm).build(authority)).getEncoded();
    } catch (IOException | OperatorCreationException e) {
      throw new IllegalArgumentException("The certificate cannot be signed", e);
    }
  }

  /** The form RFC 5280 §4.1.2.5 asks for. */
  public static Time time(Instant instant) {
    LocalDateTime utc = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    return utc.getYear() <= LAST_UTC_YEAR
        ? new Time(new DERUTCTime(UTC_TIME.format(utc)))
        : generalizedTime(instant);
  }

  /** The form that is wrong before 2050. */
  public static Time generalizedTime(Instant instant) {
    LocalDateTime utc = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    return new Time(new DERGeneralizedTime(GENERALIZED_TIME.format(utc)));
  }
}
