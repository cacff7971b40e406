package jp.kazashi.jpki.certificate;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.jspecify.annotations.Nullable;

/** The table of algorithms: today's card, and the next one's. The JDK does the arithmetic. */
public enum SignatureScheme {
  RSA_SHA256("1.2.840.113549.1.1.11", "1.2.840.113549.1.1.1", "", "SHA256withRSA", "SunRsaSign"),
  P384_SHA384(
      "1.2.840.10045.4.3.3", "1.2.840.10045.2.1", "1.3.132.0.34", "SHA384withECDSA", "SunEC");

  private static final int SHORTEST_RSA = 2048;
  private static final int LONGEST_RSA = 4096;
  private static final int LONGEST_RSA_EXPONENT = 64;

  private final String signature;
  private final String key;
  private final String curve;
  private final String jcaName;
  private final String provider;

  SignatureScheme(String signature, String key, String curve, String jcaName, String provider) {
    this.signature = signature;
    this.key = key;
    this.curve = curve;
    this.jcaName = jcaName;
    this.provider = provider;
  }

  /** The scheme of a signature, parameters included. */
  public static Optional<SignatureScheme> ofSignature(AlgorithmIdentifier algorithm) {
    return Arrays.stream(values()).filter(scheme -> scheme.isSignature(algorithm)).findFirst();
  }

  /** The scheme of a key, parameters included: a curve is part of the table. */
  static Optional<SignatureScheme> ofKey(AlgorithmIdentifier algorithm) {
    return Arrays.stream(values()).filter(scheme -> scheme.isKey(algorithm)).findFirst();
  }

  /** The key, when it is one of this scheme and of an accepted size. */
  Optional<PublicKey> key(SubjectPublicKeyInfo info) {
    try {
      PublicKey read =
          KeyFactory.getInstance(keyName(), provider)
              .generatePublic(new X509EncodedKeySpec(info.getEncoded(ASN1Encoding.DER)));
      return Optional.of(read).filter(SignatureScheme::hasAcceptedSize);
    } catch (GeneralSecurityException | IOException | RuntimeException e) {
      // The key's bits are the stranger's: whatever the reader stumbles over, it is no key.
      return Optional.empty();
    }
  }

  /** Whether the signature is the key's over exactly these bytes. A broken one is a no. */
  public boolean verifies(PublicKey signer, byte[] signed, byte[] octets) {
    try {
      Signature verifier = Signature.getInstance(jcaName, provider);
      verifier.initVerify(signer);
      verifier.update(signed);
      return verifier.verify(octets);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private boolean isSignature(AlgorithmIdentifier algorithm) {
    return signature.equals(algorithm.getAlgorithm().getId())
        && isNothing(algorithm.getParameters(), this == RSA_SHA256);
  }

  private boolean isKey(AlgorithmIdentifier algorithm) {
    return key.equals(algorithm.getAlgorithm().getId())
        && switch (this) {
          case RSA_SHA256 -> isNothing(algorithm.getParameters(), true);
          case P384_SHA384 ->
              algorithm.getParameters() instanceof ASN1ObjectIdentifier named
                  && curve.equals(named.getId());
        };
  }

  // RFC 4055 §5: RSA's parameters are NULL, and readers accept their absence. ECDSA's are absent.
  private static boolean isNothing(@Nullable ASN1Encodable parameters, boolean nullToo) {
    return parameters == null || (nullToo && DERNull.INSTANCE.equals(parameters));
  }

  private String keyName() {
    return switch (this) {
      case RSA_SHA256 -> "RSA";
      case P384_SHA384 -> "EC";
    };
  }

  private static boolean hasAcceptedSize(PublicKey key) {
    return switch (key) {
      case RSAPublicKey rsa ->
          rsa.getModulus().bitLength() >= SHORTEST_RSA
              && rsa.getModulus().bitLength() <= LONGEST_RSA
              && rsa.getPublicExponent().testBit(0)
              && rsa.getPublicExponent().bitLength() > 1
              && rsa.getPublicExponent().bitLength() <= LONGEST_RSA_EXPONENT;
      case ECPublicKey _ -> true;
      default -> false;
    };
  }
}
