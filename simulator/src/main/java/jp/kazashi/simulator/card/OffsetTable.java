package jp.kazashi.simulator.card;

import java.nio.ByteBuffer;

/**
 * A record that begins with a table of where its fields are: offsets of their tags from the start
 * of the file, two bytes each.
 */
final class OffsetTable {

  private OffsetTable() {}

  /** The whole file: the table first, then the fields. */
  static byte[] before(int recordTag, int tableTag, byte[]... fields) {
    ByteBuffer offsets = ByteBuffer.allocate(2 * fields.length);
    byte[] empty = Tlv.of(tableTag, offsets.array());
    byte[] all = Tlv.joined(fields);
    int at = Tlv.of(recordTag, empty, all).length - all.length;
    for (byte[] field : fields) {
      offsets.putShort((short) at);
      at += field.length;
    }
    return Tlv.of(recordTag, Tlv.of(tableTag, offsets.array()), all);
  }
}
