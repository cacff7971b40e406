package jp.kazashi.jpki.statement;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChallengeStatementTest {
  private static final Instant ISSUED = Instant.parse("2026-12-01T01:00:00.123456789Z");
  private static final Instant CONFIRMED = Instant.parse("2026-12-01T01:00:07.987654321Z");
  private static final UUID ID = UUID.fromString("01234567-89ab-4def-8123-456789abcdef");

  @Test
  void theBytesAreTitleVersionKindAndEveryFieldBehindItsLength() throws IOException {
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(expected);
    out.write("kazashi.statement".getBytes(US_ASCII));
    out.writeByte(1);
    out.writeByte(1);
    out.writeShort(16);
    out.writeLong(ID.getMostSignificantBits());
    out.writeLong(ID.getLeastSignificantBits());
    out.writeShort(8);
    out.writeLong(Instant.parse("2026-12-01T01:00:00.123Z").toEpochMilli());
    out.writeShort(10);
    out.write("1312345670".getBytes(US_ASCII));
    out.writeShort(7);
    out.write("kiosk-1".getBytes(US_ASCII));
    out.writeShort(1);
    out.writeByte(2);
    out.writeShort(8);
    out.writeLong(Instant.parse("2026-12-01T01:00:07.987Z").toEpochMilli());
    assertThat(statement("kiosk-1").bytes()).isEqualTo(expected.toByteArray());
  }

  @Test
  void theHashIsThatOfTheBytes() throws NoSuchAlgorithmException {
    assertThat(statement("kiosk-1").sha256())
        .isEqualTo(MessageDigest.getInstance("SHA-256").digest(statement("kiosk-1").bytes()));
  }

  @Test
  void theLongestTerminalIdStillFits() {
    assertThat(statement("k".repeat(64)).bytes()).hasSize(statement("k").bytes().length + 63);
  }

  @Test
  void instantsHaveMilliseconds() {
    assertThat(statement("kiosk-1").confirmedAt())
        .isEqualTo(Instant.parse("2026-12-01T01:00:07.987Z"));
    assertThat(statement("kiosk-1").challenge().issuedAt())
        .isEqualTo(Instant.parse("2026-12-01T01:00:00.123Z"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "131234567", "13123456700", "131234567a", "１３１２３４５６７０"})
  void anInstitutionCodeHasTenDigits(String code) {
    assertThatThrownBy(() -> new InstitutionCode(code))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "-kiosk", "kiosk 1", "kiosk/1", "kiosk\n1", "受付1"})
  void aTerminalIdIsAPlainWord(String id) {
    assertThatThrownBy(() -> new TerminalId(id)).isInstanceOf(IllegalArgumentException.class);
  }

  private static ChallengeStatement statement(String terminal) {
    return new ChallengeStatement(
        new Challenge(
            new ChallengeId(ID),
            ISSUED,
            new InstitutionCode("1312345670"),
            new TerminalId(terminal)),
        VerificationMethod.PIN,
        CONFIRMED);
  }
}
