package jp.kazashi.jpki;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.security.KeyPair;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Optional;
import jp.kazashi.jpki.revocation.ListLimits;
import jp.kazashi.jpki.revocation.RevocationEvidence.CrlSnapshot;
import jp.kazashi.jpki.revocation.RevocationList;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERGeneralizedTime;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A revocation list before it is signed, right unless a test makes it wrong. */
public final class MadeList {
  private static final ASN1ObjectIdentifier EXPIRED_CERTS_ON_CRL =
      new ASN1ObjectIdentifier("2.5.29.60");

  private final X509v2CRLBuilder builder;
  private final KeyPair signer;

  private MadeList(X500Name issuer, KeyPair signer, Instant thisUpdate) {
    this.builder = new X509v2CRLBuilder(issuer, Date.from(thisUpdate));
    this.signer = signer;
  }

  /** Made an hour ago, good for a day. */
  public static MadeList of(MadeAuthority authority) {
    return of(authority.name(), authority.key());
  }

  public static MadeList of(X500Name issuer, KeyPair signer) {
    Instant made = TestJpki.NOW.minus(1, ChronoUnit.HOURS);
    return at(issuer, signer, made, Optional.of(made.plus(1, ChronoUnit.DAYS)));
  }

  public static MadeList at(
      X500Name issuer, KeyPair signer, Instant thisUpdate, Optional<Instant> nextUpdate) {
    MadeList list = new MadeList(issuer, signer, thisUpdate);
    nextUpdate.ifPresent(next -> list.builder.setNextUpdate(Date.from(next)));
    return list;
  }

  public MadeList revoked(long serial, int reason) {
    return revoked(BigInteger.valueOf(serial), reason);
  }

  public MadeList revoked(BigInteger serial, int reason) {
    builder.addCRLEntry(serial, since(), reason);
    return this;
  }

  public MadeList revokedWith(
      long serial, ASN1ObjectIdentifier id, boolean critical, ASN1Encodable value) {
    try {
      ExtensionsGenerator extensions = new ExtensionsGenerator();
      extensions.addExtension(
          Extension.reasonCode, false, CRLReason.lookup(CRLReason.keyCompromise));
      extensions.addExtension(id, critical, value);
      Extensions all = extensions.generate();
      builder.addCRLEntry(BigInteger.valueOf(serial), since(), all);
      return this;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  public MadeList number(long number) {
    return extension(Extension.cRLNumber, false, new CRLNumber(BigInteger.valueOf(number)));
  }

  public MadeList deltaOf(long base) {
    return extension(Extension.deltaCRLIndicator, true, new ASN1Integer(base));
  }

  public MadeList scope(IssuingDistributionPoint scope) {
    return extension(Extension.issuingDistributionPoint, true, scope);
  }

  public MadeList keepingExpiredSince(Instant since) {
    return extension(EXPIRED_CERTS_ON_CRL, false, new DERGeneralizedTime(Date.from(since)));
  }

  public MadeList extension(ASN1ObjectIdentifier id, boolean critical, ASN1Encodable value) {
    try {
      builder.addExtension(id, critical, value);
      return this;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  public byte[] bytes() {
    try {
      String algorithm =
          signer.getPrivate().getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA384withECDSA";
      return builder
          .build(new JcaContentSignerBuilder(algorithm).build(signer.getPrivate()))
          .getEncoded();
    } catch (IOException | OperatorCreationException e) {
      throw new AssertionError(e);
    }
  }

  public RevocationList read() {
    return RevocationList.read(bytes(), ListLimits.ordinary()).orElseThrow();
  }

  public CrlSnapshot snapshot() {
    return new CrlSnapshot(read(), URI.create("http://crl.jpki-test.invalid/"), TestJpki.NOW);
  }

  public static Date since() {
    return Date.from(TestJpki.NOW.minus(40, ChronoUnit.DAYS));
  }
}
