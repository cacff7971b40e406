package jp.kazashi.gateway.check;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import jp.kazashi.jpki.statement.Challenge;
import jp.kazashi.jpki.statement.ChallengeId;
import jp.kazashi.jpki.statement.InstitutionCode;
import jp.kazashi.jpki.statement.TerminalId;

/**
 * Challenges travel sealed instead of being stored: authenticated encryption under a key that is
 * derived for each hour from one master secret which all nodes share. A sealed challenge names its
 * hour, so one made before the key changed still opens after it.
 */
public final class ChallengeSeal {
  /** How long a terminal may take from asking to the answer. */
  public static final Duration LIFE = Duration.ofMinutes(2);

  private static final byte VERSION = 1;
  private static final int SECRET_BYTES = 32;
  private static final int HEADER_BYTES = 1 + Long.BYTES;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int LONGEST_TEXT = 1024;
  private static final long HOUR_SECONDS = 3600;

  private final byte[] secret;
  private final RandomGenerator random;

  public ChallengeSeal(byte[] secret, RandomGenerator random) {
    if (secret.length != SECRET_BYTES) {
      throw new IllegalArgumentException("the challenge secret must have 32 bytes");
    }
    this.secret = secret.clone();
    this.random = random;
  }

  /** What opening a sealed challenge comes to. */
  public sealed interface Opening {
    record Open(Challenge challenge) implements Opening {}

    record OutOfTime(Challenge challenge) implements Opening {}

    record Unreadable() implements Opening {}
  }

  public Challenge make(InstitutionCode institution, TerminalId terminal, Instant at) {
    var id = new ChallengeId(RandomIds.next(random));
    return new Challenge(id, at.truncatedTo(ChronoUnit.MILLIS), institution, terminal);
  }

  public String seal(Challenge challenge) {
    byte[] header = header(challenge.issuedAt());
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] hidden = cipher(Cipher.ENCRYPT_MODE, header, nonce).doFinal(encode(challenge));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(join(header, nonce, hidden));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK cannot seal", e);
    }
  }

  public Opening open(String text, Instant at) {
    if (text.length() > LONGEST_TEXT) {
      return new Opening.Unreadable();
    }
    try {
      Challenge challenge = decode(unseal(Base64.getUrlDecoder().decode(text)));
      return lives(challenge, at) ? new Opening.Open(challenge) : new Opening.OutOfTime(challenge);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return new Opening.Unreadable(); // not base64, too short, or not sealed by us
    }
  }

  private static boolean lives(Challenge challenge, Instant at) {
    return Duration.between(challenge.issuedAt(), at).abs().compareTo(LIFE) <= 0;
  }

  private byte[] unseal(byte[] whole) throws GeneralSecurityException {
    if (whole.length <= HEADER_BYTES + NONCE_BYTES || whole[0] != VERSION) {
      throw new IllegalArgumentException("not a sealed challenge");
    }
    byte[] header = Arrays.copyOf(whole, HEADER_BYTES);
    byte[] nonce = Arrays.copyOfRange(whole, HEADER_BYTES, HEADER_BYTES + NONCE_BYTES);
    int from = HEADER_BYTES + NONCE_BYTES;
    return cipher(Cipher.DECRYPT_MODE, header, nonce).doFinal(whole, from, whole.length - from);
  }

  private Cipher cipher(int mode, byte[] header, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, keyOf(header), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(header);
    return cipher;
  }

  private SecretKey keyOf(byte[] header) throws GeneralSecurityException {
    byte[] label = join("kazashi challenge".getBytes(StandardCharsets.US_ASCII), header);
    var derivation = HKDFParameterSpec.ofExtract().addIKM(secret).thenExpand(label, SECRET_BYTES);
    return KDF.getInstance("HKDF-SHA256").deriveKey("AES", derivation);
  }

  private static byte[] header(Instant issuedAt) {
    long hour = Math.floorDiv(issuedAt.getEpochSecond(), HOUR_SECONDS);
    return ByteBuffer.allocate(HEADER_BYTES).put(VERSION).putLong(hour).array();
  }

  private static byte[] encode(Challenge challenge) {
    UUID id = challenge.id().value();
    byte[] terminal = challenge.terminal().value().getBytes(StandardCharsets.UTF_8);
    byte[] institution = challenge.institution().value().getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(3 * Long.BYTES + 1 + institution.length + terminal.length)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .putLong(challenge.issuedAt().toEpochMilli())
        .put((byte) institution.length)
        .put(institution)
        .put(terminal)
        .array();
  }

  private static Challenge decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    var id = new ChallengeId(new UUID(in.getLong(), in.getLong()));
    Instant issuedAt = Instant.ofEpochMilli(in.getLong());
    byte[] institution = new byte[in.get()];
    in.get(institution);
    byte[] terminal = new byte[in.remaining()];
    in.get(terminal);
    return new Challenge(
        id,
        issuedAt,
        new InstitutionCode(new String(institution, StandardCharsets.US_ASCII)),
        new TerminalId(new String(terminal, StandardCharsets.UTF_8)));
  }

  private static byte[] join(byte[]... parts) {
    ByteBuffer whole = ByteBuffer.allocate(Arrays.stream(parts).mapToInt(p -> p.length).sum());
    for (byte[] part : parts) {
      whole.put(part);
    }
    return whole.array();
  }
}
