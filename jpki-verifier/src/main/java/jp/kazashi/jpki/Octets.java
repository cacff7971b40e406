package jp.kazashi.jpki;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/** Bytes that nobody can change behind the judge's back, equal by content. */
public final class Octets {
  private final byte[] bytes;

  private Octets(byte[] bytes) {
    this.bytes = bytes;
  }

  public static Octets of(byte[] bytes) {
    return new Octets(bytes.clone());
  }

  public byte[] toArray() {
    return bytes.clone();
  }

  /** Adds them to a digest, where they lie. */
  public void addTo(MessageDigest digest) {
    digest.update(bytes);
  }

  public int length() {
    return bytes.length;
  }

  public String hex() {
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Octets octets && Arrays.equals(bytes, octets.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** Says how many, never which: certificates and signatures do not belong in a log. */
  @Override
  public String toString() {
    return bytes.length + " octets";
  }
}
