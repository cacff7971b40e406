package jp.kazashi.jpki.certificate;

import java.io.IOException;
import java.math.BigInteger;
import java.security.PublicKey;
import java.util.Optional;
import jp.kazashi.jpki.Der;
import jp.kazashi.jpki.Octets;
import jp.kazashi.jpki.certificate.CertificateProfile.KeyUse;
import jp.kazashi.jpki.holder.HolderKey;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;

/**
 * A well-formed certificate, read once. Still untrusted: only the path check proves anything of it.
 */
public final class ParsedCertificate {
  private final Octets der;
  private final byte[] signed;
  private final byte[] signature;
  private final Optional<AlgorithmIdentifier> signatureAlgorithm;
  private final int version;
  private final BigInteger serial;
  private final DistinguishedName issuer;
  private final DistinguishedName subject;
  private final Optional<Validity> validity;
  private final SubjectPublicKeyInfo keyInfo;
  private final CertificateExtensions extensions;

  private ParsedCertificate(Octets der, byte[] bytes, Certificate certificate) throws IOException {
    TBSCertificate body = certificate.getTBSCertificate();
    this.der = der;
    signed = Der.firstElement(bytes);
    signature = wholeOctets(certificate.getSignature());
    signatureAlgorithm = signatureAlgorithm(certificate);
    version = body.getVersionNumber();
    serial = body.getSerialNumber().getValue();
    issuer = DistinguishedName.of(body.getIssuer());
    subject = DistinguishedName.of(body.getSubject());
    validity = Validity.read(body.getStartDate(), body.getEndDate());
    keyInfo = body.getSubjectPublicKeyInfo();
    extensions = CertificateExtensions.read(body.getExtensions());
  }

  /** Reads one certificate, when the bytes are exactly one. */
  public static Optional<ParsedCertificate> parse(Octets der) {
    byte[] bytes = der.toArray();
    return Der.read(bytes).flatMap(value -> parse(der, bytes, value));
  }

  private static Optional<ParsedCertificate> parse(Octets der, byte[] bytes, ASN1Primitive value) {
    try {
      return Optional.of(new ParsedCertificate(der, bytes, Certificate.getInstance(value)));
    } catch (IOException | RuntimeException e) {
      // Bouncy Castle tells a wrong structure by a whole family of exceptions.
      return Optional.empty();
    }
  }

  /** As it came. */
  public Octets der() {
    return der;
  }

  int version() {
    return version;
  }

  public BigInteger serial() {
    return serial;
  }

  public DistinguishedName issuer() {
    return issuer;
  }

  public DistinguishedName subject() {
    return subject;
  }

  /** Whether it only hands a name from one key to another (RFC 5280 §6.1). */
  boolean isSelfIssued() {
    return issuer.matches(subject);
  }

  Optional<Validity> validity() {
    return validity;
  }

  CertificateExtensions extensions() {
    return extensions;
  }

  HolderKey holderKey() {
    return new HolderKey(issuer.der(), serial);
  }

  /** The issuer's scheme, when it is in the table and both places of the certificate name it. */
  Optional<SignatureScheme> signatureScheme() {
    return signatureAlgorithm.flatMap(SignatureScheme::ofSignature);
  }

  SubjectPublicKeyInfo keyInfo() {
    return keyInfo;
  }

  /** The scheme of the certificate's own key, when it is in the table. */
  Optional<SignatureScheme> keyScheme() {
    return SignatureScheme.ofKey(keyInfo.getAlgorithm());
  }

  /** The key, when it is in the table. */
  public Optional<PublicKey> key(SignatureTable table) {
    return table.key(keyInfo);
  }

  public boolean maySignCrls() {
    return extensions.allows(KeyUse.CRL_SIGN);
  }

  Optional<PublicKey> key() {
    return keyScheme().flatMap(scheme -> scheme.key(keyInfo));
  }

  /** Hash of the key's bits without tag, length and unused bits (RFC 6960 §4.1.1). */
  Octets keyHash(HashAlgorithm hash) {
    return hash.hash(keyInfo.getPublicKeyData().getBytes());
  }

  boolean isSignedBy(PublicKey key, SignatureTable table) {
    return signatureAlgorithm
        .map(algorithm -> table.verifies(algorithm, key, signed, signature))
        .orElse(false);
  }

  // RFC 5280 §4.1.1.2: the algorithm outside must be the one inside.
  private static Optional<AlgorithmIdentifier> signatureAlgorithm(Certificate certificate) {
    AlgorithmIdentifier outside = certificate.getSignatureAlgorithm();
    return Optional.of(outside)
        .filter(outer -> outer.equals(certificate.getTBSCertificate().getSignature()));
  }

  private static byte[] wholeOctets(ASN1BitString bits) {
    if (bits.getPadBits() != 0) {
      throw new IllegalArgumentException("A signature has whole octets");
    }
    return bits.getBytes();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ParsedCertificate certificate && der.equals(certificate.der);
  }

  @Override
  public int hashCode() {
    return der.hashCode();
  }
}
