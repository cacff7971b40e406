package jp.kazashi.qualification.check;

import java.util.Arrays;
import jp.kazashi.qualification.audit.Digest;

/** An answer's bytes as they were sent, without the receipt, so that they can be sent again. */
public final class AnswerSnapshot {
  private final byte[] bytes;

  public AnswerSnapshot(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  public Digest digest() {
    return Digest.of(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AnswerSnapshot that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "AnswerSnapshot[" + bytes.length + " bytes]";
  }
}
