package jp.kazashi.simulator.card;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Black on white, written as PNG with one bit per point. */
final class BitImage {

  private static final byte[] SIGNATURE = HexFormat.of().parseHex("89504e470d0a1a0a");

  private final int width;
  private final int height;
  private final int rowBytes;
  private final byte[] rows;

  BitImage(int width, int height) {
    this.width = width;
    this.height = height;
    this.rowBytes = 1 + (width + 7) / 8;
    this.rows = new byte[rowBytes * height];
    Arrays.fill(rows, (byte) 0xFF);
    for (int y = 0; y < height; y++) {
      // No filter.
      rows[y * rowBytes] = 0;
    }
  }

  void blacken(int x, int y) {
    rows[y * rowBytes + 1 + x / 8] &= (byte) ~(0x80 >> (x % 8));
  }

  byte[] png() {
    // One bit, greyscale, the usual compression, filter and order.
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height).put((byte) 1);
    return Tlv.joined(
        SIGNATURE, chunk("IHDR", header.array()), chunk("IDAT", deflated()), chunk("IEND"));
  }

  private byte[] deflated() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater =
        new DeflaterOutputStream(out, new Deflater(Deflater.BEST_COMPRESSION))) {
      deflater.write(rows);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static byte[] chunk(String type, byte... data) {
    byte[] typed = Tlv.joined(type.getBytes(StandardCharsets.US_ASCII), data);
    CRC32 crc = new CRC32();
    crc.update(typed);
    return ByteBuffer.allocate(8 + typed.length)
        .putInt(data.length)
        .put(typed)
        .putInt((int) crc.getValue())
        .array();
  }
}
