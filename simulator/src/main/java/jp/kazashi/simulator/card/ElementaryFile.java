package jp.kazashi.simulator.card;

import java.security.PrivateKey;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A file (EF) of an application. */
sealed interface ElementaryFile {

  int id();

  /** Read by offset. */
  final class Transparent implements ElementaryFile {

    private final int id;
    private final Access access;
    private final byte[] contents;

    Transparent(int id, Access access, byte[] contents) {
      this.id = id;
      this.access = access;
      this.contents = contents.clone();
    }

    static Transparent free(int id, byte[] contents) {
      return new Transparent(id, Access.free(), contents);
    }

    /** A certificate sits in a file that is longer than itself; what follows it is filler. */
    static Transparent padded(int id, Access access, byte[] value) {
      int size = (value.length / BLOCK + 1) * BLOCK;
      return new Transparent(id, access, filled(value, size));
    }

    static byte[] filled(byte[] value, int size) {
      byte[] contents = Arrays.copyOf(value, size);
      Arrays.fill(contents, value.length, size, FILLER);
      return contents;
    }

    private static final int BLOCK = 256;
    private static final byte FILLER = (byte) 0xFF;

    @Override
    public int id() {
      return id;
    }

    Access access() {
      return access;
    }

    int size() {
      return contents.length;
    }

    byte[] read(int offset, int length) {
      return Arrays.copyOfRange(contents, offset, Math.min(contents.length, offset + length));
    }
  }

  /** Read record by record, the first being 1. */
  final class Records implements ElementaryFile {

    private final int id;
    private final List<byte[]> records;

    Records(int id, byte[]... records) {
      this.id = id;
      this.records = Arrays.stream(records).map(byte[]::clone).toList();
    }

    @Override
    public int id() {
      return id;
    }

    Optional<byte[]> record(int number) {
      return number >= 1 && number <= records.size()
          ? Optional.of(records.get(number - 1).clone())
          : Optional.empty();
    }
  }

  /** A reference to verify against; never readable. */
  record Pin(int id, PinDigits digits, Change change) implements ElementaryFile {

    /** By which command its holder may change it. */
    enum Change {
      NEVER,
      BY_CHANGE_REFERENCE_DATA,
      BY_JICSAP_CHANGE_KEY
    }
  }

  /** A reference that was blocked when the card was made. */
  record BlockedPin(int id) implements ElementaryFile {}

  /** Where the card was made without that secret, its reference is there and blocked. */
  static ElementaryFile pin(
      int id,
      PinReference reference,
      Optional<String> secret,
      PinCounters counters,
      Pin.Change change) {
    return secret
        .<ElementaryFile>map(
            digits -> new Pin(id, new PinDigits(reference, digits, counters), change))
        .orElseGet(() -> new BlockedPin(id));
  }

  /** A key that signs when its access is granted; never readable. */
  record SigningKey(int id, PrivateKey key, Access access) implements ElementaryFile {
    @Override
    public String toString() {
      return "SigningKey %04X".formatted(id);
    }
  }

  /** A key that answers a challenge (INTERNAL AUTHENTICATE) to everyone; never readable. */
  record ChallengeKey(int id, PrivateKey key) implements ElementaryFile {
    @Override
    public String toString() {
      return "ChallengeKey %04X".formatted(id);
    }
  }

  /** A file that is there and that nobody may use. */
  record Internal(int id) implements ElementaryFile {}
}
