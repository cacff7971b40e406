package jp.kazashi.qualification.audit;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** A SHA-256. */
public final class Digest {
  private final byte[] bytes;

  private Digest(byte[] bytes) {
    if (bytes.length != 32) {
      throw new IllegalArgumentException("A SHA-256 has 32 bytes");
    }
    this.bytes = bytes.clone();
  }

  public static Digest of(byte[] content) {
    try {
      return new Digest(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java platform has SHA-256", impossible);
    }
  }

  public static Digest fromBytes(byte[] bytes) {
    return new Digest(bytes);
  }

  public static Digest fromHex(String hex) {
    return new Digest(HexFormat.of().parseHex(hex));
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  public String hex() {
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Digest that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return hex();
  }
}
