package jp.kazashi.gateway.check;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import jp.kazashi.qualification.audit.Digest;

/**
 * Where a record belongs: bound to its ciphertext, so that one of another terminal, or moved in its
 * chain, does not open. The layout is in {@code docs/degraded-mode.md}.
 */
public final class RecordPlace {
  /** What the first record of a chain names as the one before it. */
  public static final Digest NONE = Digest.fromBytes(new byte[32]);

  private static final byte[] TITLE = "kazashi.degraded".getBytes(US_ASCII);
  private static final byte VERSION = 1;
  private static final int LONGEST = 512;

  private RecordPlace() {}

  /** Title, version, then every field behind its two-byte length. */
  public static byte[] of(Caller caller, SealedRecord record) {
    ByteBuffer out = ByteBuffer.allocate(LONGEST).put(TITLE).put(VERSION);
    field(out, record.keyId().getBytes(US_ASCII));
    field(out, caller.organisation().getBytes(US_ASCII));
    field(out, caller.system().getBytes(US_ASCII));
    field(out, record.chain().toString().getBytes(US_ASCII));
    field(out, ByteBuffer.allocate(Long.BYTES).putLong(record.number()).array());
    field(out, record.previous().bytes());
    byte[] place = new byte[out.position()];
    out.flip().get(place);
    return place;
  }

  /** Names the record; the next of the chain repeats it. */
  public static Digest digest(Caller caller, SealedRecord record) {
    byte[] place = of(caller, record);
    byte[] sealed = record.sealed().toArray();
    return Digest.of(
        ByteBuffer.allocate(place.length + sealed.length).put(place).put(sealed).array());
  }

  private static void field(ByteBuffer out, byte[] value) {
    out.putShort((short) value.length).put(value);
  }
}
