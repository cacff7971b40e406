package jp.kazashi.simulator.population;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes of one delivery, growing; lines are counted. */
public final class Lines {
  private static final long[] POWERS = {1, 10, 100};

  private byte[] bytes = new byte[1 << 16];
  private int length;
  private int count;

  void add(byte[] more) {
    need(more.length);
    System.arraycopy(more, 0, bytes, length, more.length);
    length += more.length;
  }

  void add(String text) {
    add(text.getBytes(StandardCharsets.UTF_8));
  }

  void day(int day) {
    need(10);
    length = Days.write(day, bytes, length, 10);
  }

  void month(int day) {
    need(7);
    length = Days.write(day, bytes, length, 7);
  }

  /** A whole number that is not negative. */
  void number(long value) {
    need(20);
    int digits = 1;
    for (long ten = 10; ten <= value; ten *= 10) {
      digits++;
    }
    long rest = value;
    for (int at = length + digits - 1; at >= length; at--) {
      bytes[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
  }

  /** Rounded to so many decimals. */
  void decimal(double value, int decimals) {
    long scaled = Math.round(value * POWERS[decimals]);
    number(scaled / POWERS[decimals]);
    if (decimals > 0) {
      need(3);
      bytes[length++] = '.';
      long part = scaled % POWERS[decimals];
      if (decimals == 2) {
        bytes[length++] = (byte) ('0' + part / 10);
      }
      bytes[length++] = (byte) ('0' + part % 10);
    }
  }

  void endLine() {
    need(1);
    bytes[length++] = '\n';
    count++;
  }

  public int count() {
    return count;
  }

  public int length() {
    return length;
  }

  /** The bytes themselves, of which {@link #length()} are used. */
  public byte[] bytes() {
    return bytes;
  }

  String text() {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  private void need(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
