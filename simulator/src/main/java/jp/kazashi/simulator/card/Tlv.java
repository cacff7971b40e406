package jp.kazashi.simulator.card;

import java.io.ByteArrayOutputStream;

/** Writes tag, length, value (ISO 7816-4 §6.3), with tags of one byte or two. */
final class Tlv {

  private Tlv() {}

  static byte[] of(int tag, byte[]... values) {
    byte[] value = joined(values);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (tag > 0xFF) {
      out.write(tag >> 8);
    }
    out.write(tag);
    writeLength(out, value.length);
    out.writeBytes(value);
    return out.toByteArray();
  }

  static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static void writeLength(ByteArrayOutputStream out, int length) {
    if (length >= 0x1_0000) {
      throw new IllegalArgumentException("Nothing on a card is longer than 64 kB.");
    }
    if (length >= 0x100) {
      out.write(0x82);
      out.write(length >> 8);
    } else if (length >= 0x80) {
      out.write(0x81);
    }
    out.write(length);
  }
}
