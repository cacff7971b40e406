package jp.kazashi.reader.myna;

import java.util.OptionalInt;

/** How long a DER value is, told by its first bytes. */
final class DerLength {

  /** So many bytes always tell. */
  static final int HEAD = 4;

  private static final int SEQUENCE = 0x30;

  private DerLength() {}

  /** Header and content together; empty if this is not the head of a SEQUENCE of known length. */
  static OptionalInt ofSequence(byte[] head) {
    if (head.length < 2 || (head[0] & 0xFF) != SEQUENCE) {
      return OptionalInt.empty();
    }
    int first = head[1] & 0xFF;
    if (first < 0x80) {
      return OptionalInt.of(2 + first);
    }
    int lengthBytes = first & 0x7F;
    // One byte or two: no certificate of a card is longer than 64 kB.
    if (lengthBytes < 1 || lengthBytes > 2 || head.length < 2 + lengthBytes) {
      return OptionalInt.empty();
    }
    int content = 0;
    for (int i = 0; i < lengthBytes; i++) {
      content = (content << 8) | (head[2 + i] & 0xFF);
    }
    return OptionalInt.of(2 + lengthBytes + content);
  }
}
