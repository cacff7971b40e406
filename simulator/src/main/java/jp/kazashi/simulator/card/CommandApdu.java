package jp.kazashi.simulator.card;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;

/** A command in its parts, short or extended (ISO 7816-3 §12.1). */
final class CommandApdu {

  private static final int HEADER = 4;

  private final byte[] header;
  private final byte[] data;
  private final OptionalInt expected;
  private final boolean extended;

  private CommandApdu(byte[] bytes, int dataStart, int dataEnd, OptionalInt expected) {
    this.header = Arrays.copyOf(bytes, HEADER);
    this.data = Arrays.copyOfRange(bytes, dataStart, dataEnd);
    this.expected = expected;
    this.extended = bytes.length > HEADER + 1 && bytes[HEADER] == 0;
  }

  /** Empty if the lengths contradict each other. */
  static Optional<CommandApdu> parse(byte[] bytes) {
    if (bytes.length < HEADER) {
      return Optional.empty();
    }
    if (bytes.length == HEADER) {
      return Optional.of(new CommandApdu(bytes, HEADER, HEADER, OptionalInt.empty()));
    }
    int first = bytes[HEADER] & 0xFF;
    if (bytes.length == HEADER + 1) {
      return Optional.of(new CommandApdu(bytes, HEADER, HEADER, length(first, 256)));
    }
    return first == 0 ? parseExtended(bytes) : parseShort(bytes, first);
  }

  private static Optional<CommandApdu> parseShort(byte[] bytes, int dataLength) {
    int start = HEADER + 1;
    int end = start + dataLength;
    if (bytes.length == end) {
      return Optional.of(new CommandApdu(bytes, start, end, OptionalInt.empty()));
    }
    if (bytes.length == end + 1) {
      return Optional.of(new CommandApdu(bytes, start, end, length(bytes[end] & 0xFF, 256)));
    }
    return Optional.empty();
  }

  private static Optional<CommandApdu> parseExtended(byte[] bytes) {
    int start = HEADER + 3;
    if (bytes.length < start) {
      return Optional.empty();
    }
    int number = twoBytes(bytes, HEADER + 1);
    if (bytes.length == start) {
      return Optional.of(new CommandApdu(bytes, start, start, length(number, 65_536)));
    }
    int end = start + number;
    if (number > 0 && bytes.length == end) {
      return Optional.of(new CommandApdu(bytes, start, end, OptionalInt.empty()));
    }
    if (number > 0 && bytes.length == end + 2) {
      return Optional.of(new CommandApdu(bytes, start, end, length(twoBytes(bytes, end), 65_536)));
    }
    return Optional.empty();
  }

  private static OptionalInt length(int number, int whenZero) {
    return OptionalInt.of(number == 0 ? whenZero : number);
  }

  private static int twoBytes(byte[] bytes, int at) {
    return ((bytes[at] & 0xFF) << 8) | (bytes[at + 1] & 0xFF);
  }

  int cla() {
    return header[0] & 0xFF;
  }

  int ins() {
    return header[1] & 0xFF;
  }

  int p1() {
    return header[2] & 0xFF;
  }

  int p2() {
    return header[3] & 0xFF;
  }

  byte[] data() {
    return data.clone();
  }

  boolean isExtended() {
    return extended;
  }

  boolean hasData() {
    return data.length > 0;
  }

  /** Le; 256 or 65536 when the command says "as much as there is". */
  OptionalInt expected() {
    return expected;
  }
}
