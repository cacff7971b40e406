package jp.kazashi.gateway.check;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import jp.kazashi.jpki.holder.HolderKey;
import jp.kazashi.qualification.audit.Digest;
import jp.kazashi.qualification.holder.HolderLink;

/** The store knows holders by an opaque link: a digest over issuer name and serial. */
public final class HolderLinks {
  private HolderLinks() {}

  public static HolderLink of(HolderKey key) {
    byte[] issuer = key.issuer().toArray();
    byte[] serial = key.serial().toByteArray();
    byte[] both =
        ByteBuffer.allocate(Integer.BYTES + issuer.length + serial.length)
            .putInt(issuer.length)
            .put(issuer)
            .put(serial)
            .array();
    return new HolderLink(Digest.of(both).hex());
  }

  /** As a feed writes it: the issuer's name in DER, the serial in hexadecimal. */
  public static HolderLink of(byte[] issuer, String serial) {
    if (serial.length() > 64) {
      throw new IllegalArgumentException("a serial has at most 64 hexadecimal digits");
    }
    byte[] magnitude = HexFormat.of().parseHex(serial.length() % 2 == 0 ? serial : "0" + serial);
    return of(new HolderKey(issuer, new BigInteger(1, magnitude)));
  }
}
