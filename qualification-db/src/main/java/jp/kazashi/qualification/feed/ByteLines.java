package jp.kazashi.qualification.feed;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Cuts a stream into lines with bounded memory. A line that is too long is passed over and said to
 * be so; one that does not end is the end of the delivery.
 */
final class ByteLines {
  static final int LONGEST = 65_536;
  static final int ENDLESS = 16 << 20;

  private final InputStream stream;
  private final byte[] buffer = new byte[LONGEST];
  private byte[] line = new byte[4096];
  private int length;
  private int at;
  private int end;
  private int number;
  private long bytes;
  private boolean tooLong;

  ByteLines(InputStream stream) {
    this.stream = stream;
  }

  /** Moves to the next line; false at the end of the stream. */
  boolean next() throws IOException, DeliveryRefused {
    length = 0;
    tooLong = false;
    long inThisLine = 0;
    boolean any = false;
    while (true) {
      if (at == end && !fill()) {
        number += any ? 1 : 0;
        return any;
      }
      any = true;
      int start = at;
      while (at < end && buffer[at] != '\n') {
        at++;
      }
      inThisLine += at - start;
      keep(start, at - start);
      if (inThisLine > ENDLESS) {
        throw new DeliveryRefused(
            "line", "Line " + (number + 1) + " does not end within " + ENDLESS + " bytes");
      }
      if (at < end) {
        at++;
        number++;
        return true;
      }
    }
  }

  private boolean fill() throws IOException {
    at = 0;
    end = Math.max(0, stream.read(buffer));
    bytes += end;
    return end > 0;
  }

  private void keep(int from, int count) {
    if (length + count > LONGEST) {
      tooLong = true;
      return;
    }
    if (length + count > line.length) {
      line = Arrays.copyOf(line, Math.min(LONGEST, Math.max(line.length * 2, length + count)));
    }
    System.arraycopy(buffer, from, line, length, count);
    length += count;
  }

  boolean tooLong() {
    return tooLong;
  }

  /** The line's bytes without its end. */
  byte[] line() {
    int content = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
    return Arrays.copyOf(line, content);
  }

  /** Counted from 1. */
  int number() {
    return number;
  }

  long bytes() {
    return bytes;
  }
}
