package jp.kazashi.simulator.card;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/** What P1 of COMPUTE SIGNATURE chooses: how the data becomes what is signed. */
enum SignatureScheme {
  /** PKCS #1 v1.5 over the data as it is. */
  VERBATIM,
  /** PKCS #1 v1.5 over the SHA-256 of the data, with nothing around it. */
  HASHED_BARE,
  /** PKCS #1 v1.5; the data is a SHA-256 value that the card wraps. */
  WRAPPED,
  /** PKCS #1 v1.5 with SHA-256, all done by the card. */
  HASHED_AND_WRAPPED,
  /** PSS; the data is a SHA-256 value. */
  PSS,
  /** PSS with SHA-256, all done by the card. */
  HASHED_PSS;

  private static final byte[] DIGEST_INFO =
      HexFormat.of().parseHex("3031300d060960864801650304020105000420");
  private static final int HASH = 32;

  static Optional<SignatureScheme> of(int p1) {
    return p1 < values().length ? Optional.of(values()[p1]) : Optional.empty();
  }

  boolean takes(int length) {
    return switch (this) {
      case VERBATIM -> length >= 1 && length <= Rsa.LONGEST_INPUT;
      case WRAPPED, PSS -> length == HASH;
      case HASHED_BARE, HASHED_AND_WRAPPED, HASHED_PSS -> length >= 1;
    };
  }

  byte[] sign(PrivateKey key, byte[] data) {
    return switch (this) {
      case VERBATIM -> Rsa.signVerbatim(key, data);
      case HASHED_BARE -> Rsa.signVerbatim(key, sha256(data));
      case WRAPPED -> Rsa.signVerbatim(key, Tlv.joined(DIGEST_INFO, data));
      case HASHED_AND_WRAPPED -> Rsa.sign("SHA256withRSA", key, data);
      case PSS -> pss(key, data);
      case HASHED_PSS -> pss(key, sha256(data));
    };
  }

  static byte[] sha256(byte[] data) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(data);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }

  private static byte[] pss(PrivateKey key, byte[] hash) {
    byte[] salt = new byte[HASH];
    new SecureRandom().nextBytes(salt);
    return Rsa.raw(key, pssEncoded(hash, salt));
  }

  /** RFC 8017 §9.1.1, for a key of 2048 bits. */
  private static byte[] pssEncoded(byte[] hash, byte[] salt) {
    byte[] seal = sha256(Tlv.joined(new byte[8], hash, salt));
    byte[] block = new byte[Rsa.BLOCK];
    int masked = Rsa.BLOCK - HASH - 1;
    block[masked - HASH - 1] = 1;
    System.arraycopy(salt, 0, block, masked - HASH, HASH);
    for (int counter = 0; counter * HASH < masked; counter++) {
      byte[] mask = sha256(Tlv.joined(seal, ByteBuffer.allocate(4).putInt(counter).array()));
      for (int i = 0; i < HASH && counter * HASH + i < masked; i++) {
        block[counter * HASH + i] ^= mask[i];
      }
    }
    block[0] &= 0x7F;
    System.arraycopy(seal, 0, block, masked, HASH);
    block[Rsa.BLOCK - 1] = (byte) 0xBC;
    return block;
  }
}
