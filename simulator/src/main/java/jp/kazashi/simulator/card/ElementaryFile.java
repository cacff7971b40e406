package jp.kazashi.simulator.card;

import java.security.PrivateKey;
import java.util.Arrays;

/** A file (EF) of an application. */
sealed interface ElementaryFile {

  int id();

  /** Read by everyone. */
  final class Transparent implements ElementaryFile {

    private final int id;
    private final byte[] contents;

    Transparent(int id, byte[] contents) {
      this.id = id;
      this.contents = contents.clone();
    }

    /** A certificate sits in a file that is longer than itself; what follows it is filler. */
    static Transparent padded(int id, byte[] value) {
      int size = (value.length / BLOCK + 1) * BLOCK;
      byte[] contents = Arrays.copyOf(value, size);
      Arrays.fill(contents, value.length, size, FILLER);
      return new Transparent(id, contents);
    }

    private static final int BLOCK = 256;
    private static final byte FILLER = (byte) 0xFF;

    @Override
    public int id() {
      return id;
    }

    int size() {
      return contents.length;
    }

    byte[] read(int offset, int length) {
      return Arrays.copyOfRange(contents, offset, Math.min(contents.length, offset + length));
    }
  }

  /** A reference to verify against; never readable. */
  record Pin(int id, PinDigits digits) implements ElementaryFile {}

  /** A key that signs once its PIN is verified; never readable. */
  record SigningKey(int id, PrivateKey key, PinReference pin) implements ElementaryFile {
    @Override
    public String toString() {
      return "SigningKey %04X".formatted(id);
    }
  }
}
