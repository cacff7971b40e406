package jp.kazashi.load.judge;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.kazashi.jpki.Octets;
import jp.kazashi.jpki.certificate.CertId;
import jp.kazashi.jpki.certificate.CertificateProfile;
import jp.kazashi.jpki.certificate.TrustAnchors;
import jp.kazashi.jpki.certificate.UntrustedCertificate;
import jp.kazashi.jpki.holder.ExpiryPolicy;
import jp.kazashi.jpki.revocation.Freshness;
import jp.kazashi.jpki.revocation.ListLimits;
import jp.kazashi.jpki.revocation.ResponderRules;
import jp.kazashi.jpki.revocation.RevocationEvidence.CrlSnapshot;
import jp.kazashi.jpki.revocation.RevocationEvidence.OcspAnswer;
import jp.kazashi.jpki.revocation.RevocationList;
import jp.kazashi.jpki.statement.Challenge;
import jp.kazashi.jpki.statement.ChallengeId;
import jp.kazashi.jpki.statement.ChallengeStatement;
import jp.kazashi.jpki.statement.InstitutionCode;
import jp.kazashi.jpki.statement.TerminalId;
import jp.kazashi.jpki.statement.VerificationMethod;
import jp.kazashi.jpki.verdict.JudgePolicy;
import jp.kazashi.jpki.verdict.UntrustedProof;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.ocsp.CertID;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.PolicyInformation;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A card, a proof and evidence of both kinds, as a gateway has them at hand in a busy hour. */
final class WarmEvidence {
  static final Instant NOW = Instant.parse("2026-12-01T01:00:00Z");
  private static final int LISTED = 20_000;
  private static final URI SOURCE = URI.create("http://jpki-test.invalid/");
  private static final X500Name AUTHORITY = named("JPKI for user authentication");
  private static final X500Name PHONES = named("JPKI for user authentication on phones");
  private static final BigInteger SERIAL = BigInteger.valueOf(0x06D18006L);

  final JudgePolicy policy;
  final ChallengeStatement statement;
  final UntrustedProof proof;
  final OcspAnswer answer;
  final CrlSnapshot list;
  final KeyPair holder;
  final byte[] signature;

  private WarmEvidence(
      JudgePolicy policy,
      ChallengeStatement statement,
      UntrustedProof proof,
      OcspAnswer answer,
      CrlSnapshot list,
      KeyPair holder,
      byte[] signature) {
    this.policy = policy;
    this.statement = statement;
    this.proof = proof;
    this.answer = answer;
    this.list = list;
    this.holder = holder;
    this.signature = signature;
  }

  static WarmEvidence make() {
    try {
      KeyPair root = rsa();
      KeyPair holder = rsa();
      KeyPair responder = rsa();
      X509CertificateHolder card =
          certificate(new X500Name("C=JP,CN=997794E9AGCIEG13221003A"), SERIAL, holder, root)
              .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
              .addExtension(
                  Extension.extendedKeyUsage,
                  false,
                  new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth))
              .addExtension(
                  Extension.certificatePolicies,
                  true,
                  new CertificatePolicies(
                      new PolicyInformation(new ASN1ObjectIdentifier("1.2.392.200149.8.5.1.0.30"))))
              .build(signer(root));
      X509CertificateHolder delegate =
          certificate(new X500Name("C=JP,CN=Responder"), BigInteger.TWO, responder, root)
              .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
              .addExtension(
                  Extension.extendedKeyUsage,
                  true,
                  new ExtendedKeyUsage(KeyPurposeId.id_kp_OCSPSigning))
              .addExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nocheck, false, DERNull.INSTANCE)
              .build(signer(root));
      // Two generations before it under its name, and the phones': as a gateway has them.
      TrustAnchors anchors =
          TrustAnchors.fromPem(
              anchor(AUTHORITY, rsa())
                  + anchor(AUTHORITY, rsa())
                  + anchor(AUTHORITY, root)
                  + anchor(PHONES, rsa()));
      UntrustedCertificate untrusted = new UntrustedCertificate(card.getEncoded());
      ChallengeStatement statement = statement();
      byte[] signature = signed(holder, statement.bytes());
      return new WarmEvidence(
          new JudgePolicy(
              anchors,
              List.of(CertificateProfile.testCardAuthentication()),
              ExpiryPolicy.threeMonths(ExpiryPolicy.Anchor.EXPIRY_DATE),
              Freshness.ordinary(),
              ResponderRules.strict()),
          statement,
          new UntrustedProof(untrusted, signature),
          answer(CertId.of(untrusted, anchors).orElseThrow(), delegate, responder),
          new CrlSnapshot(list(root), SOURCE, NOW),
          holder,
          signature);
    } catch (IOException | GeneralSecurityException | OperatorCreationException | OCSPException e) {
      throw new IllegalStateException("The benchmark's own JPKI cannot be made", e);
    }
  }

  private static X500Name named(String unit) {
    return new X500NameBuilder(BCStyle.INSTANCE)
        .addRDN(BCStyle.C, "JP")
        .addRDN(BCStyle.O, "JPKI-TEST")
        .addRDN(BCStyle.OU, unit)
        .addRDN(BCStyle.OU, "Japan Agency for Local Authority Information Systems")
        .build();
  }

  private static OcspAnswer answer(CertId id, X509CertificateHolder delegate, KeyPair responder)
      throws IOException, OCSPException, OperatorCreationException {
    Octets nonce = Octets.of(new byte[32]);
    CertID asked =
        new CertID(
            new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256, DERNull.INSTANCE),
            new DEROctetString(id.issuerNameHash().toArray()),
            new DEROctetString(id.issuerKeyHash().toArray()),
            new ASN1Integer(id.serial()));
    byte[] body =
        new OCSPRespBuilder()
            .build(
                OCSPRespBuilder.SUCCESSFUL,
                new BasicOCSPRespBuilder(new RespID(delegate.getSubject()))
                    .addResponse(
                        new CertificateID(asked),
                        CertificateStatus.GOOD,
                        Date.from(NOW.minusSeconds(60)),
                        Date.from(NOW.plusSeconds(600)))
                    .setResponseExtensions(
                        new Extensions(
                            new Extension(
                                OCSPObjectIdentifiers.id_pkix_ocsp_nonce,
                                false,
                                new DEROctetString(nonce.toArray()).getEncoded())))
                    .build(
                        signer(responder),
                        new X509CertificateHolder[] {delegate},
                        Date.from(NOW.minusSeconds(60))))
            .getEncoded();
    return new OcspAnswer(Octets.of(body), SOURCE, NOW, Optional.of(nonce));
  }

  private static RevocationList list(KeyPair root) throws IOException, OperatorCreationException {
    X509v2CRLBuilder builder =
        new X509v2CRLBuilder(AUTHORITY, Date.from(NOW.minus(Duration.ofHours(1))))
            .setNextUpdate(Date.from(NOW.plus(Duration.ofHours(23))));
    for (int i = 0; i < LISTED; i++) {
      builder.addCRLEntry(
          SERIAL.add(BigInteger.valueOf(i + 1)), Date.from(NOW), CRLReason.superseded);
    }
    return RevocationList.read(builder.build(signer(root)).getEncoded(), ListLimits.ordinary())
        .orElseThrow();
  }

  private static String anchor(X500Name name, KeyPair key)
      throws IOException, GeneralSecurityException, OperatorCreationException {
    return pem(
        certificate(name, name, BigInteger.ONE, key, key)
            .addExtension(Extension.basicConstraints, true, new BasicConstraints(true))
            .addExtension(
                Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
            .addExtension(
                Extension.subjectKeyIdentifier,
                false,
                new JcaX509ExtensionUtils().createSubjectKeyIdentifier(key.getPublic()))
            .build(signer(key)));
  }

  private static X509v3CertificateBuilder certificate(
      X500Name subject, BigInteger serial, KeyPair key, KeyPair issuer) throws IOException {
    return certificate(AUTHORITY, subject, serial, key, issuer);
  }

  private static X509v3CertificateBuilder certificate(
      X500Name authority, X500Name subject, BigInteger serial, KeyPair key, KeyPair issuer)
      throws IOException {
    return new X509v3CertificateBuilder(
            authority,
            serial,
            Date.from(NOW.minus(Duration.ofDays(400))),
            Date.from(NOW.plus(Duration.ofDays(1000))),
            subject,
            SubjectPublicKeyInfo.getInstance(key.getPublic().getEncoded()))
        .addExtension(
            Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(keyId(issuer)));
  }

  private static byte[] keyId(KeyPair key) {
    try {
      return new JcaX509ExtensionUtils()
          .createSubjectKeyIdentifier(key.getPublic())
          .getKeyIdentifier();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has SHA-1", e);
    }
  }

  private static ChallengeStatement statement() {
    return new ChallengeStatement(
        new Challenge(
            new ChallengeId(UUID.fromString("00000000-0000-4000-8000-000000000001")),
            NOW.minusSeconds(20),
            new InstitutionCode("1312345670"),
            new TerminalId("kiosk-1")),
        VerificationMethod.PIN,
        NOW.minusSeconds(5));
  }

  private static byte[] signed(KeyPair key, byte[] bytes) throws GeneralSecurityException {
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(key.getPrivate());
    signature.update(bytes);
    return signature.sign();
  }

  private static ContentSigner signer(KeyPair key) throws OperatorCreationException {
    return new JcaContentSignerBuilder("SHA256withRSA").build(key.getPrivate());
  }

  private static KeyPair rsa() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    return generator.generateKeyPair();
  }

  private static String pem(X509CertificateHolder certificate) throws IOException {
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
        + "\n-----END CERTIFICATE-----\n";
  }
}
