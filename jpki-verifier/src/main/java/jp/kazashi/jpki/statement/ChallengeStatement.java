package jp.kazashi.jpki.statement;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/**
 * What the card signs. Everything that must hold of a visit is inside, so that both sides build it
 * for themselves and nothing is left to compare: any difference is a bad signature.
 */
public record ChallengeStatement(
    Challenge challenge, VerificationMethod method, Instant confirmedAt, Line line) {
  // Names the protocol, so that these bytes can never be taken for another document.
  private static final byte[] TITLE = "kazashi.statement".getBytes(US_ASCII);
  private static final byte VERSION = 1;
  private static final int LINE_AT = TITLE.length + 1;
  private static final int LONGEST = 256;

  public ChallengeStatement {
    requireNonNull(challenge, "challenge");
    requireNonNull(method, "method");
    requireNonNull(line, "line");
    confirmedAt = confirmedAt.truncatedTo(ChronoUnit.MILLIS);
  }

  /** Over a challenge of the gateway's own. */
  public ChallengeStatement(Challenge challenge, VerificationMethod method, Instant confirmedAt) {
    this(challenge, method, confirmedAt, Line.ONLINE);
  }

  /**
   * The instant that the holder's card must be good at. A card that signed while the line was down
   * was shown then, not when it is judged.
   */
  public Instant shownAt(Instant judgedAt) {
    return switch (line) {
      case ONLINE -> judgedAt;
      case DEGRADED -> confirmedAt;
    };
  }

  /** Canonical bytes: title, version, line, then every field behind its two-byte length. */
  public byte[] bytes() {
    ByteBuffer out = ByteBuffer.allocate(LONGEST);
    out.put(head(line));
    field(out, octets(challenge.id().value()));
    field(out, octets(challenge.issuedAt()));
    field(out, challenge.institution().value().getBytes(US_ASCII));
    field(out, challenge.terminal().value().getBytes(US_ASCII));
    field(out, new byte[] {(byte) method.code()});
    field(out, octets(confirmedAt));
    byte[] bytes = new byte[out.position()];
    out.flip().get(bytes);
    return bytes;
  }

  /** The statement of these bytes, when they are exactly what one writes. */
  public static Optional<ChallengeStatement> read(byte[] bytes) {
    return bytes.length <= LINE_AT
        ? Optional.empty()
        : Line.ofCode(bytes[LINE_AT]).flatMap(line -> StatementBytes.read(bytes, head(line), line));
  }

  /** The hash the card signs as it is (RSASSA-PKCS1-v1_5 over SHA-256). */
  public byte[] sha256() {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  private static byte[] head(Line line) {
    return ByteBuffer.allocate(TITLE.length + 2).put(TITLE).put(VERSION).put(line.code()).array();
  }

  private static void field(ByteBuffer out, byte[] value) {
    out.putShort((short) value.length).put(value);
  }

  private static byte[] octets(UUID id) {
    return ByteBuffer.allocate(2 * Long.BYTES)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }

  private static byte[] octets(Instant instant) {
    return ByteBuffer.allocate(Long.BYTES).putLong(instant.toEpochMilli()).array();
  }
}
