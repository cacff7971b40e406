package jp.kazashi.qualification.audit;

import java.util.Arrays;

/** An RFC 3161 token as it came; opaque here, judged by whoever knows the authority. */
public final class TimeStampToken {
  private final byte[] bytes;

  public TimeStampToken(byte[] bytes) {
    if (bytes.length == 0 || bytes.length > 65_536) {
      throw new IllegalArgumentException("A token has 1 to 65536 bytes");
    }
    this.bytes = bytes.clone();
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TimeStampToken that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "TimeStampToken[" + bytes.length + " bytes]";
  }
}
