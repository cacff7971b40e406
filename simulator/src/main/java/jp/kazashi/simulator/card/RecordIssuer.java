package jp.kazashi.simulator.card;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.util.Arrays;

/** Who signs what is printed on cards, with the card-verifiable certificate cards carry of it. */
public final class RecordIssuer {

  private final PrivateKey key;
  private final PrivateKey authority;
  private final byte[] keyId;
  private final byte[] certified;

  /**
   * An issuer of the simulator.
   *
   * @param authority signs the certificate of the issuer's key
   * @param number seven digits; those of the J-LIS test system begin with 6, ours with 9
   */
  public RecordIssuer(KeyPair issuer, KeyPair authority, String number) {
    if (!number.matches("9[0-9]{6}")) {
      throw new IllegalArgumentException("A simulated issuer has seven digits beginning with 9.");
    }
    this.key = issuer.getPrivate();
    this.keyId = keyId(number);
    this.authority = authority.getPrivate();
    this.certified = Tlv.joined(keyId("9000000"), keyId, Rsa.publicKey(issuer.getPublic()));
  }

  byte[] keyId() {
    return keyId.clone();
  }

  byte[] certificate() {
    return Tlv.of(
        0x7F21,
        Tlv.of(0x5F4E, certified),
        Tlv.of(0x5F37, Rsa.sign("SHA256withRSA", authority, certified)));
  }

  byte[] sign(byte[]... parts) {
    return Rsa.sign("SHA256withRSA", key, Tlv.joined(parts));
  }

  /** Seven digits, what they are for, a version, and four bytes to fill sixteen. */
  private static byte[] keyId(String number) {
    byte[] id = Arrays.copyOf(number.getBytes(StandardCharsets.US_ASCII), 16);
    id[7] = 0x08;
    id[8] = 0x05;
    Arrays.fill(id, 9, 12, (byte) '0');
    return id;
  }
}
