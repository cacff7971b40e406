package jp.kazashi.simulator.pki;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneId;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.PolicyInformation;
import org.bouncycastle.asn1.x509.PolicyQualifierInfo;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;

/**
 * One generation's authority with the responder it delegated: certificates in the shape of the
 * facts file, under names that say test.
 */
public final class CertificateAuthority {
  static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
  private static final ASN1ObjectIdentifier TEST_POLICY =
      new ASN1ObjectIdentifier("1.2.392.200149.8.5.1.0.30");
  private static final String PRACTICE_STATEMENT = "http://jpki-test.invalid/cps.html";
  private static final X500Name NAME =
      jpki()
          .addRDN(BCStyle.OU, new DERUTF8String("JPKI for user authentication"))
          .addRDN(BCStyle.OU, new DERUTF8String("Kazashi simulated authority"))
          .build();

  private final X509Certificate certificate;
  private final PrivateKey key;
  private final X509Certificate responder;
  private final PrivateKey responderKey;

  private CertificateAuthority(
      X509Certificate certificate,
      PrivateKey key,
      X509Certificate responder,
      PrivateKey responderKey) {
    this.certificate = certificate;
    this.key = key;
    this.responder = responder;
    this.responderKey = responderKey;
  }

  /** A fresh authority under the one name all generations share. */
  public static CertificateAuthority make(
      Instant from, Instant to, KeyPair own, KeyPair responder, BigInteger serial) {
    try {
      X509Certificate certificate =
          PemFile.certificate(
              new CertificateDraft(NAME, NAME, serial, from, to, own.getPublic())
                  .extension(Extension.basicConstraints, true, new BasicConstraints(true))
                  .extension(
                      Extension.keyUsage,
                      true,
                      new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
                  .extension(
                      Extension.subjectKeyIdentifier,
                      false,
                      keyIds().createSubjectKeyIdentifier(own.getPublic()))
                  .signedBy(own.getPrivate()));
      byte[] delegate =
          delegate(certificate, responder.getPublic(), serial.add(BigInteger.ONE))
              .signedBy(own.getPrivate());
      return new CertificateAuthority(
          certificate, own.getPrivate(), PemFile.certificate(delegate), responder.getPrivate());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A certificate just signed can be read", e);
    }
  }

  static CertificateAuthority read(Path folder, String name) throws IOException {
    try {
      return new CertificateAuthority(
          PemFile.certificate(folder.resolve(name + ".pem")),
          PemFile.key(folder.resolve(name + ".key.pem"), "RSA"),
          PemFile.certificate(folder.resolve(name + "-ocsp.pem")),
          PemFile.key(folder.resolve(name + "-ocsp.key.pem"), "RSA"));
    } catch (GeneralSecurityException e) {
      throw new IOException("The authority in " + folder + " cannot be read", e);
    }
  }

  void write(Path folder, String name) throws IOException {
    PemFile.write(folder.resolve(name + ".pem"), certificate);
    PemFile.write(folder.resolve(name + ".key.pem"), key);
    PemFile.write(folder.resolve(name + "-ocsp.pem"), responder);
    PemFile.write(folder.resolve(name + "-ocsp.key.pem"), responderKey);
  }

  /** A user authentication certificate, all but signed. */
  public CertificateDraft authenticationDraft(
      BigInteger serial, String commonName, PublicKey holder, Instant from, Instant to, URI ocsp) {
    return new CertificateDraft(NAME, holderName(commonName), serial, from, to, holder)
        .extension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
        .extension(
            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth))
        .extension(Extension.certificatePolicies, true, policies())
        .extension(Extension.issuerAlternativeName, false, japaneseName())
        .extension(Extension.cRLDistributionPoints, false, distributionPoint())
        .extension(
            Extension.authorityInfoAccess,
            false,
            new AuthorityInformationAccess(
                AccessDescription.id_ad_ocsp,
                new GeneralName(GeneralName.uniformResourceIdentifier, ocsp.toString())))
        .extension(
            Extension.authorityKeyIdentifier,
            false,
            keyIds().createAuthorityKeyIdentifier(certificate.getPublicKey()));
  }

  /** A certificate for one who signs OCSP answers in the authority's place, all but signed. */
  public CertificateDraft responderDraft(PublicKey responderKey, BigInteger serial) {
    return delegate(certificate, responderKey, serial);
  }

  public byte[] sign(CertificateDraft draft) {
    return draft.signedBy(key);
  }

  public X509Certificate certificate() {
    return certificate;
  }

  public PrivateKey key() {
    return key;
  }

  public X509Certificate responder() {
    return responder;
  }

  public PrivateKey responderKey() {
    return responderKey;
  }

  private static CertificateDraft delegate(
      X509Certificate authority, PublicKey responderKey, BigInteger serial) {
    return new CertificateDraft(
            NAME,
            jpki()
                .addRDN(BCStyle.CN, new DERUTF8String("Kazashi simulated OCSP responder"))
                .build(),
            serial,
            authority.getNotBefore().toInstant(),
            authority.getNotAfter().toInstant(),
            responderKey)
        .extension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
        .extension(
            Extension.extendedKeyUsage, true, new ExtendedKeyUsage(KeyPurposeId.id_kp_OCSPSigning))
        .extension(OCSPObjectIdentifiers.id_pkix_ocsp_nocheck, false, DERNull.INSTANCE)
        .extension(
            Extension.authorityKeyIdentifier,
            false,
            keyIds().createAuthorityKeyIdentifier(authority.getPublicKey()));
  }

  // C is PrintableString, everything else UTF8String, as the real authority encodes them.
  private static X500NameBuilder jpki() {
    return new X500NameBuilder(BCStyle.INSTANCE)
        .addRDN(BCStyle.C, new DERPrintableString("JP"))
        .addRDN(BCStyle.O, new DERUTF8String("JPKI-TEST"));
  }

  private static X500Name holderName(String commonName) {
    return new X500NameBuilder(BCStyle.INSTANCE)
        .addRDN(BCStyle.C, new DERPrintableString("JP"))
        .addRDN(BCStyle.CN, new DERUTF8String(commonName))
        .build();
  }

  private static CertificatePolicies policies() {
    return new CertificatePolicies(
        new PolicyInformation(
            TEST_POLICY, new DERSequence(new PolicyQualifierInfo(PRACTICE_STATEMENT))));
  }

  private static GeneralNames japaneseName() {
    return new GeneralNames(
        new GeneralName(
            new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.C, new DERPrintableString("JP"))
                .addRDN(BCStyle.O, new DERUTF8String("公的個人認証サービス（模擬）"))
                .build()));
  }

  private static CRLDistPoint distributionPoint() {
    X500Name point =
        jpki()
            .addRDN(BCStyle.OU, new DERUTF8String("JPKI for user authentication"))
            .addRDN(BCStyle.OU, new DERUTF8String("CRL Distribution Points"))
            .addRDN(BCStyle.CN, new DERUTF8String("Kazashi CRLDP"))
            .build();
    return new CRLDistPoint(
        new DistributionPoint[] {
          new DistributionPoint(
              new DistributionPointName(new GeneralNames(new GeneralName(point))), null, null)
        });
  }

  private static JcaX509ExtensionUtils keyIds() {
    try {
      return new JcaX509ExtensionUtils();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-1", e);
    }
  }
}
