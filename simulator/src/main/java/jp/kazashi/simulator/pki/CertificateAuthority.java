package jp.kazashi.simulator.pki;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import jp.kazashi.simulator.pki.Issuer.Use;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
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
import org.jspecify.annotations.Nullable;

/**
 * One authority with the OCSP responder it delegated: certificates in the shape of the real ones,
 * under names that say test.
 */
public final class CertificateAuthority {
  static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
  // As the real serial numbers: INTEGER of up to four octets.
  static final int SERIAL_BITS = 31;
  private static final String PRACTICE_STATEMENT = "http://jpki-test.invalid/cps.html";

  /** The arc under which the JPKI names what it tells of a holder, each in UTF-8. */
  private static final String ATTRIBUTES = "1.2.392.200149.8.5.5.";

  private final Issuer issuer;
  private final X509Certificate certificate;
  private final PrivateKey key;
  private final Supplier<Delegate> appointing;
  private volatile @Nullable Delegate delegate;

  private CertificateAuthority(
      Issuer issuer, X509Certificate certificate, PrivateKey key, Supplier<Delegate> appointing) {
    this.issuer = issuer;
    this.certificate = certificate;
    this.key = key;
    this.appointing = appointing;
  }

  private record Delegate(X509Certificate certificate, PrivateKey key) {}

  /** A fresh authority under the one name all generations of card authentication share. */
  public static CertificateAuthority make(
      Instant from, Instant to, KeyPair own, KeyPair responder, BigInteger serial) {
    return make(Issuer.AUTHENTICATION_3, from, to, own, responder, serial);
  }

  public static CertificateAuthority make(
      Issuer issuer, Instant from, Instant to, KeyPair own, KeyPair responder, BigInteger serial) {
    X509Certificate certificate = selfSigned(issuer, from, to, own, serial);
    return new CertificateAuthority(
        issuer,
        certificate,
        own.getPrivate(),
        () -> appoint(issuer, certificate, own.getPrivate(), responder));
  }

  /**
   * That of a folder, or one made there. Its delegate is made when one is needed: an RSA key takes
   * 100 ms.
   */
  static CertificateAuthority open(
      Path folder, Issuer issuer, Instant from, Instant to, SecureRandom random)
      throws IOException {
    Path certificateFile = folder.resolve(issuer.fileName() + ".pem");
    Path keyFile = folder.resolve(issuer.fileName() + ".key.pem");
    if (!Files.exists(certificateFile)) {
      KeyPair own = KeyPairs.rsa2048(random);
      PemFile.write(keyFile, own.getPrivate());
      // Written last: where it stands, the key does too.
      PemFile.write(certificateFile, selfSigned(issuer, from, to, own, freshSerial(random)));
    }
    try {
      X509Certificate certificate = PemFile.certificate(certificateFile);
      PrivateKey key = PemFile.key(keyFile, "RSA");
      return new CertificateAuthority(
          issuer, certificate, key, () -> openDelegate(folder, issuer, certificate, key, random));
    } catch (GeneralSecurityException e) {
      throw new IOException("The authority in " + folder + " cannot be read", e);
    }
  }

  private static Delegate openDelegate(
      Path folder,
      Issuer issuer,
      X509Certificate authority,
      PrivateKey authorityKey,
      SecureRandom random) {
    Path certificateFile = folder.resolve(issuer.fileName() + "-ocsp.pem");
    Path keyFile = folder.resolve(issuer.fileName() + "-ocsp.key.pem");
    try {
      if (!Files.exists(certificateFile)) {
        KeyPair own = KeyPairs.rsa2048(random);
        PemFile.write(keyFile, own.getPrivate());
        PemFile.write(certificateFile, appoint(issuer, authority, authorityKey, own).certificate());
      }
      return new Delegate(PemFile.certificate(certificateFile), PemFile.key(keyFile, "RSA"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The responder in " + folder + " cannot be read", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A holder's certificate, all but signed. */
  CertificateDraft draft(
      CertificateOrder order, BigInteger serial, String commonName, Instant to, JpkiAddresses at) {
    CertificateDraft draft =
        new CertificateDraft(
                name(issuer),
                subject(commonName, order.attributes()),
                serial,
                order.from(),
                to,
                order.holder())
            .extension(
                Extension.keyUsage,
                true,
                new KeyUsage(
                    issuer.use() == Use.SIGNATURE
                        ? KeyUsage.digitalSignature | KeyUsage.nonRepudiation
                        : KeyUsage.digitalSignature))
            .extension(Extension.certificatePolicies, true, policies())
            .extension(Extension.issuerAlternativeName, false, japaneseName())
            .extension(
                Extension.cRLDistributionPoints,
                false,
                new CRLDistPoint(
                    new DistributionPoint[] {
                      new DistributionPoint(distributionPoint(at), null, null)
                    }))
            .extension(
                Extension.authorityInfoAccess,
                false,
                new AuthorityInformationAccess(AccessDescription.id_ad_ocsp, uri(at.ocsp())))
            .extension(Extension.authorityKeyIdentifier, false, keyId());
    if (issuer.use() == Use.AUTHENTICATION) {
      draft.extension(
          Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth));
    }
    order
        .attributes()
        .ifPresent(
            whom -> draft.extension(Extension.subjectAlternativeName, false, attributes(whom)));
    return draft;
  }

  /** A user authentication certificate, all but signed. */
  public CertificateDraft authenticationDraft(
      BigInteger serial, String commonName, PublicKey holder, Instant from, Instant to, URI ocsp) {
    CertificateOrder order =
        CertificateOrder.of(issuer, holder, from, to.atZone(TOKYO).toLocalDate());
    return draft(order, serial, commonName, to, new JpkiAddresses(ocsp));
  }

  /** A certificate for one who signs OCSP answers in the authority's place, all but signed. */
  public CertificateDraft responderDraft(PublicKey responderKey, BigInteger serial) {
    return responderDraft(issuer, certificate, responderKey, serial);
  }

  public byte[] sign(CertificateDraft draft) {
    return draft.signedBy(key);
  }

  public Issuer issuer() {
    return issuer;
  }

  public X509Certificate certificate() {
    return certificate;
  }

  public PrivateKey key() {
    return key;
  }

  public X509Certificate responder() {
    return delegate().certificate();
  }

  public PrivateKey responderKey() {
    return delegate().key();
  }

  private Delegate delegate() {
    Delegate known = delegate;
    return known != null ? known : appointOnce();
  }

  private synchronized Delegate appointOnce() {
    Delegate known = delegate;
    if (known == null) {
      known = appointing.get();
      delegate = known;
    }
    return known;
  }

  /** Where certificates of this issuer say their CRL is: as the real ones, and over HTTP. */
  public DistributionPointName distributionPoint(JpkiAddresses at) {
    X500Name point =
        jpki()
            .addRDN(BCStyle.OU, new DERUTF8String(issuer.unit()))
            .addRDN(BCStyle.OU, new DERUTF8String("CRL Distribution Points"))
            .addRDN(BCStyle.CN, new DERUTF8String("Kazashi CRLDP"))
            .build();
    return new DistributionPointName(
        new GeneralNames(new GeneralName[] {new GeneralName(point), uri(at.crl(issuer))}));
  }

  public X500Name name() {
    return name(issuer);
  }

  /** Its key id, as what it signs points back to it. */
  public AuthorityKeyIdentifier keyId() {
    return keyIds().createAuthorityKeyIdentifier(certificate.getPublicKey());
  }

  static JcaX509ExtensionUtils keyIds() {
    try {
      return new JcaX509ExtensionUtils();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-1", e);
    }
  }

  static BigInteger freshSerial(SecureRandom random) {
    return new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1);
  }

  private static X509Certificate selfSigned(
      Issuer issuer, Instant from, Instant to, KeyPair own, BigInteger serial) {
    X500Name name = name(issuer);
    CRLDistPoint ownPoint =
        new CRLDistPoint(
            new DistributionPoint[] {
              new DistributionPoint(
                  new DistributionPointName(new GeneralNames(new GeneralName(name))), null, null)
            });
    return PemFile.justSigned(
        new CertificateDraft(name, name, serial, from, to, own.getPublic())
            .extension(Extension.basicConstraints, true, new BasicConstraints(true))
            .extension(
                Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
            .extension(Extension.cRLDistributionPoints, false, ownPoint)
            .extension(
                Extension.subjectKeyIdentifier,
                false,
                keyIds().createSubjectKeyIdentifier(own.getPublic()))
            .signedBy(own.getPrivate()));
  }

  private static Delegate appoint(
      Issuer issuer, X509Certificate authority, PrivateKey authorityKey, KeyPair own) {
    BigInteger serial = authority.getSerialNumber().add(BigInteger.ONE);
    return new Delegate(
        PemFile.justSigned(
            responderDraft(issuer, authority, own.getPublic(), serial).signedBy(authorityKey)),
        own.getPrivate());
  }

  private static CertificateDraft responderDraft(
      Issuer issuer, X509Certificate authority, PublicKey responderKey, BigInteger serial) {
    return new CertificateDraft(
            name(issuer),
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

  private static X500Name name(Issuer issuer) {
    return jpki()
        .addRDN(BCStyle.OU, new DERUTF8String(issuer.unit()))
        .addRDN(BCStyle.OU, new DERUTF8String("Kazashi simulated authority"))
        .build();
  }

  // C is PrintableString, everything else UTF8String, as the real authority encodes them.
  private static X500NameBuilder jpki() {
    return new X500NameBuilder(BCStyle.INSTANCE)
        .addRDN(BCStyle.C, new DERPrintableString("JP"))
        .addRDN(BCStyle.O, new DERUTF8String("JPKI-TEST"));
  }

  private static X500Name subject(String commonName, Optional<HolderAttributes> attributes) {
    X500NameBuilder name =
        new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.C, new DERPrintableString("JP"));
    attributes.ifPresent(whom -> name.addRDN(BCStyle.L, new DERUTF8String(whom.municipality())));
    return name.addRDN(BCStyle.CN, new DERUTF8String(commonName)).build();
  }

  private CertificatePolicies policies() {
    return new CertificatePolicies(
        new PolicyInformation(
            new ASN1ObjectIdentifier(issuer.policy()),
            new DERSequence(new PolicyQualifierInfo(PRACTICE_STATEMENT))));
  }

  // In the order in which a real one lists them.
  private static GeneralNames attributes(HolderAttributes whom) {
    List<GeneralName> names = new ArrayList<>();
    names.add(attribute("1", HolderAttributes.printable(whom.name())));
    names.add(attribute("4", whom.birth()));
    names.add(attribute("3", whom.sex().code()));
    names.add(attribute("5", HolderAttributes.printable(whom.address())));
    names.add(attribute("2", HolderAttributes.substitutes(whom.name())));
    names.add(attribute("6", HolderAttributes.substitutes(whom.address())));
    return new GeneralNames(names.toArray(GeneralName[]::new));
  }

  private static GeneralName attribute(String number, String value) {
    ASN1Encodable otherName =
        new DERSequence(
            new ASN1Encodable[] {
              new ASN1ObjectIdentifier(ATTRIBUTES + number),
              new DERTaggedObject(true, 0, new DERUTF8String(value))
            });
    return new GeneralName(GeneralName.otherName, otherName);
  }

  private static GeneralNames japaneseName() {
    return new GeneralNames(
        new GeneralName(
            new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.C, new DERPrintableString("JP"))
                .addRDN(BCStyle.O, new DERUTF8String("公的個人認証サービス（模擬）"))
                .build()));
  }

  private static GeneralName uri(URI address) {
    return new GeneralName(GeneralName.uniformResourceIdentifier, address.toString());
  }
}
