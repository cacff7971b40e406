package jp.kazashi.jpki.certificate;

import static jp.kazashi.jpki.DerReader.BIT_STRING;
import static jp.kazashi.jpki.DerReader.INTEGER;
import static jp.kazashi.jpki.DerReader.SEQUENCE;

import java.math.BigInteger;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Optional;
import jp.kazashi.jpki.Der;
import jp.kazashi.jpki.DerReader;
import jp.kazashi.jpki.DerReader.Element;
import jp.kazashi.jpki.Octets;
import jp.kazashi.jpki.certificate.CertificateProfile.KeyUse;
import jp.kazashi.jpki.holder.HolderKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * A well-formed certificate, read once. Still untrusted: only the path check proves anything of it.
 */
public final class ParsedCertificate {
  // A holder's certificate with its longest name and address has less than a quarter of this.
  private static final int MOST_OCTETS = 16 * 1024;
  private static final int CONTEXT_0 = 0xa0;
  private static final int CONTEXT_3 = 0xa3;
  private static final int ISSUER_UNIQUE_ID = 0x81;
  private static final int SUBJECT_UNIQUE_ID = 0x82;
  private static final int VERSION_1 = 1;
  private static final int VERSION_2 = 2;
  private static final int VERSION_3 = 3;

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

  private ParsedCertificate(Octets der, byte[] bytes) {
    this.der = der;
    DerReader whole = DerReader.at(bytes, 0).next(SEQUENCE).inside();
    Element body = whole.next(SEQUENCE);
    byte[] algorithm = whole.next(SEQUENCE).encoding();
    signed = body.encoding();
    signature = whole.next(BIT_STRING).wholeOctets();
    whole.end();

    DerReader fields = body.inside();
    version = fields.optional(CONTEXT_0).map(ParsedCertificate::version).orElse(VERSION_1);
    serial = fields.next(INTEGER).integer();
    // RFC 5280 §4.1.1.2: the algorithm outside must be the one inside.
    boolean agreed = Arrays.equals(fields.next(SEQUENCE).encoding(), algorithm);
    signatureAlgorithm =
        Optional.of(AlgorithmIdentifier.getInstance(algorithm)).filter(outside -> agreed);
    issuer = DistinguishedName.of(fields.next(SEQUENCE));
    validity = Validity.read(fields.next(SEQUENCE).inside());
    subject = DistinguishedName.of(fields.next(SEQUENCE));
    keyInfo = SubjectPublicKeyInfo.getInstance(fields.next(SEQUENCE).encoding());
    Optional<Element> issuerId = fields.optional(ISSUER_UNIQUE_ID);
    Optional<Element> subjectId = fields.optional(SUBJECT_UNIQUE_ID);
    Optional<Element> extended = fields.optional(CONTEXT_3);
    fields.end();
    // §4.1.2.1: what came with a later version is not in an earlier one.
    boolean hasIds = issuerId.isPresent() || subjectId.isPresent();
    if ((hasIds && version < VERSION_2) || (extended.isPresent() && version < VERSION_3)) {
      throw new IllegalArgumentException("More than its version has");
    }
    extensions =
        extended
            .map(ParsedCertificate::extensions)
            .orElseGet(() -> CertificateExtensions.read(EncodedExtensions.NONE));
  }

  /** Reads one certificate, when the bytes are exactly one. */
  public static Optional<ParsedCertificate> parse(Octets der) {
    if (der.length() > MOST_OCTETS) {
      return Optional.empty();
    }
    byte[] bytes = der.toArray();
    if (!Der.wellFormed(bytes)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new ParsedCertificate(der, bytes));
    } catch (RuntimeException e) {
      // Bouncy Castle tells a wrong structure by a whole family of exceptions.
      return Optional.empty();
    }
  }

  private static int version(Element explicit) {
    DerReader inside = explicit.inside();
    int version = inside.next(INTEGER).integer().intValueExact() + 1;
    inside.end();
    if (version < VERSION_1 || version > VERSION_3) {
      throw new IllegalArgumentException("No such version");
    }
    return version;
  }

  private static CertificateExtensions extensions(Element explicit) {
    DerReader inside = explicit.inside();
    DerReader list = inside.next(SEQUENCE).inside();
    inside.end();
    return CertificateExtensions.read(new EncodedExtensions(list));
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
  public Octets keyHash(HashAlgorithm hash) {
    return hash.hash(keyInfo.getPublicKeyData().getBytes());
  }

  boolean isSignedBy(PublicKey key, SignatureTable table) {
    return signatureAlgorithm
        .map(algorithm -> table.verifies(algorithm, key, signed, signature))
        .orElse(false);
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
