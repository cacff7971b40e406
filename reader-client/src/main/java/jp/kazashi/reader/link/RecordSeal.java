package jp.kazashi.reader.link;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import jp.kazashi.jpki.Octets;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.crypto.hpke.HPKEContextWithEncapsulation;

/**
 * Seals a record of a dead line for the gateway alone (docs/degraded-mode.md): RFC 9180 base mode,
 * X25519, AES-256-GCM. Its place in the chain is authenticated with it.
 */
final class RecordSeal {

  private static final byte[] TITLE = "kazashi.degraded".getBytes(US_ASCII);
  private static final byte VERSION = 1;
  private static final byte[] INFO = "kazashi degraded record v1".getBytes(US_ASCII);
  private static final int LONGEST = 512;

  private RecordSeal() {}

  /** Where a record belongs. */
  record Place(
      String keyId,
      String institution,
      String terminal,
      UUID chain,
      long number,
      String previous) {

    byte[] bytes() {
      ByteBuffer out = ByteBuffer.allocate(LONGEST).put(TITLE).put(VERSION);
      field(out, keyId.getBytes(US_ASCII));
      field(out, institution.getBytes(US_ASCII));
      field(out, terminal.getBytes(US_ASCII));
      field(out, chain.toString().getBytes(US_ASCII));
      field(out, ByteBuffer.allocate(Long.BYTES).putLong(number).array());
      field(out, HexFormat.of().parseHex(previous));
      byte[] place = new byte[out.position()];
      out.flip().get(place);
      return place;
    }

    private static void field(ByteBuffer out, byte[] value) {
      out.putShort((short) value.length).put(value);
    }
  }

  /** Encapsulation, then ciphertext and tag. */
  static byte[] seal(Octets publicKey, Place place, byte[] plain) {
    HPKE hpke =
        new HPKE(
            HPKE.mode_base, HPKE.kem_X25519_SHA256, HPKE.kdf_HKDF_SHA256, HPKE.aead_AES_GCM256);
    try {
      HPKEContextWithEncapsulation context =
          hpke.setupBaseS(hpke.deserializePublicKey(publicKey.toArray()), INFO);
      byte[] encapsulation = context.getEncapsulation();
      byte[] sealed = context.seal(place.bytes(), plain);
      return ByteBuffer.allocate(encapsulation.length + sealed.length)
          .put(encapsulation)
          .put(sealed)
          .array();
    } catch (InvalidCipherTextException sealingOpensNothing) {
      throw new IllegalStateException(sealingOpensNothing);
    }
  }

  /** Names the record; the next of the chain repeats it. */
  static String digest(Place place, byte[] sealed) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(place.bytes());
      return HexFormat.of().formatHex(digest.digest(sealed));
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
