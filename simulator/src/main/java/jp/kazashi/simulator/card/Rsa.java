package jp.kazashi.simulator.card;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;

/** What the chip does with RSA. */
final class Rsa {

  /** A 2048-bit block less the least padding of PKCS #1 v1.5. */
  static final int LONGEST_INPUT = 245;

  static final int BLOCK = 256;

  private Rsa() {}

  /** PKCS #1 v1.5 over the data as it is: whether it is a DigestInfo is the caller's affair. */
  static byte[] signVerbatim(PrivateKey key, byte[] data) {
    return sign("NONEwithRSA", key, data);
  }

  static byte[] sign(String algorithm, PrivateKey key, byte[] data) {
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(data);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The key of this card cannot sign.", e);
    }
  }

  /** The bare operation, over a block that is encoded already. */
  static byte[] raw(PrivateKey key, byte[] block) {
    RSAPrivateKey rsa = (RSAPrivateKey) key;
    return unsigned(
        new BigInteger(1, block).modPow(rsa.getPrivateExponent(), rsa.getModulus()), BLOCK);
  }

  /** Exponent and modulus as the card's records carry them. */
  static byte[] publicKey(PublicKey key) {
    RSAPublicKey rsa = (RSAPublicKey) key;
    return Tlv.joined(
        Tlv.of(0x90, unsigned(rsa.getPublicExponent(), 3)),
        Tlv.of(0x91, unsigned(rsa.getModulus(), BLOCK)));
  }

  private static byte[] unsigned(BigInteger number, int length) {
    byte[] bytes = number.toByteArray();
    byte[] unsigned = new byte[length];
    int from = Math.max(0, bytes.length - length);
    int count = bytes.length - from;
    System.arraycopy(bytes, from, unsigned, length - count, count);
    return unsigned;
  }
}
