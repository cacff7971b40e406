package jp.kazashi.jpki.statement;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/** Reads a statement back from the bytes that were signed, for whoever stored only those. */
final class StatementBytes {
  private StatementBytes() {}

  static Optional<ChallengeStatement> read(byte[] bytes, byte[] head, Line line) {
    if (bytes.length < head.length || !Arrays.equals(bytes, 0, head.length, head, 0, head.length)) {
      return Optional.empty();
    }
    try {
      ByteBuffer in = ByteBuffer.wrap(bytes, head.length, bytes.length - head.length);
      ChallengeId id = new ChallengeId(uuid(field(in)));
      Instant issuedAt = instant(field(in));
      InstitutionCode institution = new InstitutionCode(text(field(in)));
      TerminalId terminal = new TerminalId(text(field(in)));
      VerificationMethod method = VerificationMethod.ofCode(field(in).get());
      ChallengeStatement statement =
          new ChallengeStatement(
              new Challenge(id, issuedAt, institution, terminal), method, instant(field(in)), line);
      // Canonical: whatever reads as a statement is exactly what that statement writes.
      return Optional.of(statement).filter(read -> Arrays.equals(read.bytes(), bytes));
    } catch (IllegalArgumentException | BufferUnderflowException e) {
      return Optional.empty();
    }
  }

  private static ByteBuffer field(ByteBuffer in) {
    int length = Short.toUnsignedInt(in.getShort());
    if (length > in.remaining()) {
      throw new IllegalArgumentException("A field is cut off");
    }
    ByteBuffer field = in.slice(in.position(), length);
    in.position(in.position() + length);
    return field;
  }

  private static UUID uuid(ByteBuffer field) {
    return new UUID(field.getLong(), field.getLong());
  }

  private static Instant instant(ByteBuffer field) {
    return Instant.ofEpochMilli(field.getLong());
  }

  private static String text(ByteBuffer field) {
    byte[] octets = new byte[field.remaining()];
    field.get(octets);
    return new String(octets, US_ASCII);
  }
}
