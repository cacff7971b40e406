package jp.kazashi.reader.myna;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.Optional;
import jp.kazashi.reader.myna.PortraitReading.Doubt;

/**
 * Verifies what the issuer signed of a card's face, before anybody decodes its portrait. How the
 * three groups are put together is assumed (docs/face.md); that there are three, and which fields
 * are in them, is known from real cards.
 */
final class FaceSignature {

  /** Where the certificate of the issuer is (CV certificate). */
  static final int CERTIFICATE_FILE = 0x0004;

  static final int CERTIFICATE = 0x7F21;
  static final int LONGEST_CERTIFICATE = 1_024;

  private static final int CERTIFIED = 0x5F4E;
  private static final int CERTIFIED_BY = 0x5F37;

  private static final int[] PERSON = {0xDF22, 0xDF23, 0xDF24};
  private static final int[] PICTURES_OF_TEXT = {0xDF25, 0xDF26};
  private static final int[] PORTRAIT = {FaceApplet.PORTRAIT};
  private static final int SIGNATURE = 0xDF28;

  /** Two ids of 16 bytes, then exponent and modulus with tag and length each. */
  private static final int CERTIFIED_LENGTH = 297;

  private static final byte[] EXPONENT = {(byte) 0x90, 3, 1, 0, 1};
  private static final byte[] MODULUS = {(byte) 0x91, (byte) 0x82, 1, 0};
  private static final int KEY_AT = 32;
  private static final int MODULUS_AT = KEY_AT + EXPONENT.length + MODULUS.length;

  private FaceSignature() {}

  /** Empty if an issuer whom one of these vouches for signed this very face. */
  static Optional<Doubt> doubt(FaceRecord face, byte[] certificate, CardIssuers issuers) {
    Optional<byte[]> signature = face.field(SIGNATURE);
    if (signature.isEmpty()) {
      return Optional.of(Doubt.UNSIGNED);
    }
    Optional<PublicKey> issuer = certified(certificate, issuers);
    if (issuer.isEmpty()) {
      return Optional.of(Doubt.ISSUER_UNKNOWN);
    }
    return signed(face)
            .filter(whole -> isSignedBy(issuer.get(), whole, signature.get()))
            .isPresent()
        ? Optional.empty()
        : Optional.of(Doubt.SIGNATURE_BROKEN);
  }

  private static Optional<PublicKey> certified(byte[] certificate, CardIssuers issuers) {
    return FaceRecord.of(certificate, CERTIFICATE)
        .flatMap(fields ->
            fields
                .field(CERTIFIED)
                .filter(body ->
                    fields
                        .field(CERTIFIED_BY)
                        .filter(by ->
                            issuers.authorities().stream()
                                .anyMatch(authority -> isSignedBy(authority, body, by)))
                        .isPresent())
                .flatMap(FaceSignature::key));
  }

  private static Optional<PublicKey> key(byte[] certified) {
    if (certified.length != CERTIFIED_LENGTH
        || !holds(certified, KEY_AT, EXPONENT)
        || !holds(certified, KEY_AT + EXPONENT.length, MODULUS)) {
      return Optional.empty();
    }
    BigInteger modulus =
        new BigInteger(1, Arrays.copyOfRange(certified, MODULUS_AT, certified.length));
    try {
      return Optional.of(
          KeyFactory.getInstance("RSA")
              .generatePublic(new RSAPublicKeySpec(modulus, BigInteger.valueOf(65_537))));
    } catch (GeneralSecurityException noKey) {
      return Optional.empty();
    }
  }

  private static boolean holds(byte[] bytes, int at, byte[] what) {
    return Arrays.equals(bytes, at, at + what.length, what, 0, what.length);
  }

  /** Empty if a field that is signed is not there. */
  private static Optional<byte[]> signed(FaceRecord face) {
    return digest(face, PERSON)
        .flatMap(person ->
            digest(face, PICTURES_OF_TEXT)
                .flatMap(text ->
                    digest(face, PORTRAIT).map(portrait -> joined(person, text, portrait))));
  }

  private static Optional<byte[]> digest(FaceRecord face, int... tags) {
    MessageDigest sha256 = sha256();
    for (int tag : tags) {
      Optional<byte[]> field = face.whole(tag);
      if (field.isEmpty()) {
        return Optional.empty();
      }
      sha256.update(field.get());
      Arrays.fill(field.get(), (byte) 0);
    }
    return Optional.of(sha256.digest());
  }

  private static byte[] joined(byte[] one, byte[] two, byte[] three) {
    byte[] all = Arrays.copyOf(one, one.length + two.length + three.length);
    System.arraycopy(two, 0, all, one.length, two.length);
    System.arraycopy(three, 0, all, one.length + two.length, three.length);
    return all;
  }

  private static boolean isSignedBy(PublicKey key, byte[] what, byte[] signature) {
    try {
      Signature verifying = Signature.getInstance("SHA256withRSA");
      verifying.initVerify(key);
      verifying.update(what);
      return verifying.verify(signature);
    } catch (GeneralSecurityException noSignature) {
      return false;
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (GeneralSecurityException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
