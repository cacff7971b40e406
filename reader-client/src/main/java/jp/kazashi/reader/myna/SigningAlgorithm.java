package jp.kazashi.reader.myna;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * What a generation of cards signs, and how the digest is handed to it. The next card adds a row.
 */
enum SigningAlgorithm {
  /** RFC 8017 §9.2 note 1: the DigestInfo of SHA-256. */
  RSA_2048_SHA_256(32, "3031300d060960864801650304020105000420", 256);

  private final int digestLength;
  private final String prefix;
  private final int signatureLength;

  SigningAlgorithm(int digestLength, String prefix, int signatureLength) {
    this.digestLength = digestLength;
    this.prefix = prefix;
    this.signatureLength = signatureLength;
  }

  static SigningAlgorithm forDigestOf(int length) {
    for (SigningAlgorithm algorithm : values()) {
      if (algorithm.digestLength == length) {
        return algorithm;
      }
    }
    throw new IllegalArgumentException("No card signs a digest of " + length + " bytes.");
  }

  byte[] toBeSigned(byte[] digest) {
    byte[] head = HexFormat.of().parseHex(prefix);
    byte[] input = Arrays.copyOf(head, head.length + digest.length);
    System.arraycopy(digest, 0, input, head.length, digest.length);
    return input;
  }

  int signatureLength() {
    return signatureLength;
  }
}
