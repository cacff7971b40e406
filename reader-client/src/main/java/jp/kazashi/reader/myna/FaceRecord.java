package jp.kazashi.reader.myna;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A record of 券面 applications: a tag of two bytes, a length, and in it fields of the same form. The
 * table of offsets some begin with is a field like the others; nothing is found by trusting it.
 */
final class FaceRecord {

  private static final int TAG = 2;

  private final byte[] fields;

  private FaceRecord(byte[] fields) {
    this.fields = fields;
  }

  /** Header and content together; empty if it does not begin with this tag. */
  static OptionalInt length(byte[] head, int tag) {
    Field field = Field.at(head, 0);
    return field != null && field.tag() == tag
        ? OptionalInt.of(field.start() + field.length())
        : OptionalInt.empty();
  }

  /** Empty if the bytes are not exactly one such record. */
  static Optional<FaceRecord> of(byte[] bytes, int tag) {
    Field whole = Field.at(bytes, 0);
    if (whole == null || whole.tag() != tag || whole.end() != bytes.length) {
      return Optional.empty();
    }
    return Optional.of(new FaceRecord(Arrays.copyOfRange(bytes, whole.start(), whole.end())));
  }

  /** The first field with this tag; empty if there is none, or the fields are damaged before it. */
  Optional<byte[]> field(int tag) {
    return find(tag).map(field -> Arrays.copyOfRange(fields, field.start(), field.end()));
  }

  /** The same with tag and length, as it was signed. */
  Optional<byte[]> whole(int tag) {
    return find(tag).map(field -> Arrays.copyOfRange(fields, field.at(), field.end()));
  }

  private Optional<Field> find(int tag) {
    for (Field field = Field.at(fields, 0);
        field != null && field.end() <= fields.length;
        field = Field.at(fields, field.end())) {
      if (field.tag() == tag) {
        return Optional.of(field);
      }
    }
    return Optional.empty();
  }

  void wipe() {
    Arrays.fill(fields, (byte) 0);
  }

  private record Field(int at, int tag, int start, int length) {

    int end() {
      return start + length;
    }

    /** Null if there is no whole header. */
    static @Nullable Field at(byte[] bytes, int at) {
      if (bytes.length - at < TAG + 1) {
        return null;
      }
      int tag = ((bytes[at] & 0xFF) << 8) | (bytes[at + 1] & 0xFF);
      int first = bytes[at + TAG] & 0xFF;
      int start = at + TAG + 1;
      if (first < 0x80) {
        return new Field(at, tag, start, first);
      }
      int lengthBytes = first & 0x7F;
      if (lengthBytes < 1 || lengthBytes > 2 || bytes.length - start < lengthBytes) {
        return null;
      }
      int length = 0;
      for (int i = 0; i < lengthBytes; i++) {
        length = (length << 8) | (bytes[start + i] & 0xFF);
      }
      return new Field(at, tag, start + lengthBytes, length);
    }
  }
}
