package jp.kazashi.simulator.card;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What EF 0006 holds: a CK_TOKEN_INFO of PKCS #11, 160 bytes, numbers big-endian, texts padded with
 * spaces. Only the label is ever relied on; the rest says openly that this card is not real.
 */
final class TokenInformation {

  private static final int LOGIN_REQUIRED = 0x4;
  private static final int PIN_INITIALIZED = 0x8;
  private static final int TOKEN_INITIALIZED = 0x400;
  private static final int UNKNOWN = -1;

  private TokenInformation() {}

  static byte[] labelled(String label) {
    ByteBuffer info = ByteBuffer.allocate(160);
    text(info, label, 32);
    text(info, "Kazashi simulator", 32);
    text(info, "virtual card", 16);
    text(info, "", 16);
    info.putInt(LOGIN_REQUIRED | PIN_INITIALIZED | TOKEN_INITIALIZED);
    // Sessions: at most, now; writing sessions: at most, now.
    info.putInt(0).putInt(UNKNOWN).putInt(0).putInt(UNKNOWN);
    info.putInt(16).putInt(4);
    // Memory, public and private, total and free.
    info.putInt(UNKNOWN).putInt(UNKNOWN).putInt(UNKNOWN).putInt(UNKNOWN);
    text(info, "03", 2);
    text(info, "01", 2);
    text(info, "", 16);
    return info.array();
  }

  private static void text(ByteBuffer info, String value, int length) {
    byte[] field = new byte[length];
    Arrays.fill(field, (byte) ' ');
    byte[] bytes = value.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, field, 0, bytes.length);
    info.put(field);
  }
}
