package jp.kazashi.simulator.card;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.util.HexFormat;
import java.util.Optional;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.engines.RSABlindedEngine;
import org.bouncycastle.crypto.signers.PSSSigner;
import org.bouncycastle.crypto.util.PrivateKeyFactory;

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
    PSSSigner signer =
        PSSSigner.createRawSigner(
            new RSABlindedEngine(),
            new SHA256Digest(),
            new SHA256Digest(),
            HASH,
            PSSSigner.TRAILER_IMPLICIT);
    try {
      signer.init(true, PrivateKeyFactory.createKey(key.getEncoded()));
      signer.update(hash, 0, hash.length);
      return signer.generateSignature();
    } catch (IOException | CryptoException e) {
      throw new IllegalStateException("The key of this card cannot sign.", e);
    }
  }
}
