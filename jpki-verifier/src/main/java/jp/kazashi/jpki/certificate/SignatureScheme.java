package jp.kazashi.jpki.certificate;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Optional;

/** The table of algorithms: today's card, and the next one's. The JDK does the arithmetic. */
public enum SignatureScheme {
  RSA_SHA256("1.2.840.113549.1.1.11", "1.2.840.113549.1.1.1", "RSA", "SHA256withRSA", "SunRsaSign"),
  P384_SHA384("1.2.840.10045.4.3.3", "1.2.840.10045.2.1", "EC", "SHA384withECDSA", "SunEC");

  private static final int SHORTEST_RSA = 2048;
  private static final int LONGEST_RSA = 4096;
  private static final int P384_BITS = 384;

  private final String signatureOid;
  private final String keyOid;
  private final String keyName;
  private final String signatureName;
  private final String provider;

  SignatureScheme(
      String signatureOid, String keyOid, String keyName, String signatureName, String provider) {
    this.signatureOid = signatureOid;
    this.keyOid = keyOid;
    this.keyName = keyName;
    this.signatureName = signatureName;
    this.provider = provider;
  }

  static Optional<SignatureScheme> ofSignature(String oid) {
    return Arrays.stream(values()).filter(scheme -> scheme.signatureOid.equals(oid)).findFirst();
  }

  static Optional<SignatureScheme> ofKey(String oid) {
    return Arrays.stream(values()).filter(scheme -> scheme.keyOid.equals(oid)).findFirst();
  }

  /** The key, when it is one of this scheme and of an accepted size. */
  Optional<PublicKey> key(byte[] subjectPublicKeyInfo) {
    try {
      PublicKey key =
          KeyFactory.getInstance(keyName, provider)
              .generatePublic(new X509EncodedKeySpec(subjectPublicKeyInfo));
      return accepts(key) ? Optional.of(key) : Optional.empty();
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  /** Whether the signature is the key's over exactly these bytes. A broken one is a no. */
  boolean verifies(PublicKey key, byte[] signed, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance(signatureName, provider);
      verifier.initVerify(key);
      verifier.update(signed);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static boolean accepts(PublicKey key) {
    return switch (key) {
      case RSAPublicKey rsa ->
          rsa.getModulus().bitLength() >= SHORTEST_RSA
              && rsa.getModulus().bitLength() <= LONGEST_RSA
              && rsa.getPublicExponent().bitLength() > 1
              && rsa.getPublicExponent().bitLength() <= Long.SIZE;
      case ECPublicKey ec -> ec.getParams().getOrder().bitLength() == P384_BITS;
      default -> false;
    };
  }
}
