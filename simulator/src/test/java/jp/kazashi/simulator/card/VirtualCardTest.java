package jp.kazashi.simulator.card;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each status word of the facts about the card, one sentence each. */
class VirtualCardTest {

  private static final String SELECT_JPKI = "00A4040C0AD392F000260100000001";
  private static final String SELECT_PIN = "00A4020C020018";
  private static final String SELECT_KEY = "00A4020C020017";
  private static final String ASK_TRIES = "00200080";
  private static final String RIGHT_PIN = "002000800431323334";
  private static final String WRONG_PIN = "002000800439393939";
  private static final String SHA_256_DIGEST_INFO = "3031300D060960864801650304020105000420";

  private final PinCounters counters = PinCounters.inMemory();
  private final VirtualCard card = TestCards.card("hanako", counters);
  private final CardInsertion insertion = card.insert();

  @Nested
  class Selecting {

    @Test
    void jpkiApplicationIsFoundByItsName() {
      assertThat(statusOf(SELECT_JPKI)).isEqualTo("9000");
    }

    @Test
    void shortenedNameSelectsToo() {
      assertThat(statusOf("00A4040C05D392F00026")).isEqualTo("9000");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "00A4040C07A0000002471001",
          "00A4040C0CA000000063504B43532D3135",
          "00A4040C0BD392F00026010000000100",
          "00A4040C"
        })
    void unknownApplicationIsNotFound(String select) {
      assertThat(statusOf(select)).isEqualTo("6A82");
    }

    @Test
    void fileIsNotFoundBeforeAnApplicationIsSelected() {
      assertThat(statusOf("00A4020C023F00")).isEqualTo("6A82");
    }

    @Test
    void unknownFileIsNotFoundAndLeavesTheCurrentOne() {
      send(SELECT_JPKI, "00A4020C020006");
      assertThat(statusOf("00A4020C020099")).isEqualTo("6A82");
      assertThat(statusOf("00B0000020")).isEqualTo("9000");
    }

    @Test
    void unknownApplicationLeavesTheSelectedOne() {
      send(SELECT_JPKI, SELECT_PIN, RIGHT_PIN, "00A4040C07A0000002471001");
      assertThat(statusOf(sign("97"))).isEqualTo("9000");
    }

    @Test
    void otherParametersAreWrong() {
      send(SELECT_JPKI);
      assertThat(statusOf("00A4000C020018")).isEqualTo("6A86");
      assertThat(statusOf("00A40400")).isEqualTo("6A82");
      assertThat(statusOf("00A4040105D392F00026")).isEqualTo("6A86");
    }

    @Test
    void masterFileIsNotKnownByItsNameAndWithoutOneNothingChanges() {
      assertThat(statusOf("00A4000C023F00")).isEqualTo("6A82");
      assertThat(statusOf("00A40000")).isEqualTo("9000");
      send(SELECT_JPKI, SELECT_PIN, RIGHT_PIN);
      assertThat(statusOf("00A40000023F00")).isEqualTo("6A82");
      assertThat(statusOf("00A40000")).isEqualTo("9000");
      assertThat(statusOf(sign("97"))).isEqualTo("9000");
    }

    @Test
    void fileNameHasTwoBytes() {
      send(SELECT_JPKI);
      assertThat(statusOf("00A4020C0118")).isEqualTo("6700");
    }
  }

  @Nested
  class Reading {

    @Test
    void tokenInformationHas160BytesAndTheLabelOfTheCard() {
      send(SELECT_JPKI, "00A4020C020006");
      byte[] information = dataOf("00B0000000");
      assertThat(information).hasSize(160);
      assertThat(new String(information, 0, 32, StandardCharsets.US_ASCII))
          .isEqualTo("JPKIAPICCTOKEN2" + " ".repeat(17));
      assertThat(new String(information, 140, 4, StandardCharsets.US_ASCII)).isEqualTo("0301");
    }

    @Test
    void onlyTheAuthenticationCertificateIsSaidToBeThere() {
      send(SELECT_JPKI, "00A4020C020008");
      assertThat(dataOf("00B0000000")).isEqualTo(HexFormat.of().parseHex("008F00"));
    }

    @Test
    void certificateIsReadByShortPiecesWithoutPin() {
      send(SELECT_JPKI, "00A4020C02000A");
      byte[] first = dataOf("00B0000000");
      byte[] second = dataOf("00B0010000");
      assertThat(first).isEqualTo(Arrays.copyOf(TestCards.CERTIFICATE, 256));
      assertThat(second).isEqualTo(Arrays.copyOfRange(TestCards.CERTIFICATE, 256, 512));
    }

    @Test
    void extendedLengthReadsTheWholeFileWhichIsLongerThanTheCertificate() {
      send(SELECT_JPKI, "00A4020C02000A");
      byte[] file = dataOf("00B00000000000");
      assertThat(file.length).isGreaterThan(TestCards.CERTIFICATE.length);
      assertThat(file).startsWith(TestCards.CERTIFICATE);
      assertThat(file[file.length - 1]).isEqualTo((byte) 0xFF);
    }

    @Test
    void shortIdentifierReadsAndMakesTheFileCurrent() {
      send(SELECT_JPKI);
      assertThat(dataOf("00B08B0010")).isEqualTo(Arrays.copyOf(TestCards.CA_CERTIFICATE, 16));
      assertThat(dataOf("00B0001010"))
          .isEqualTo(Arrays.copyOfRange(TestCards.CA_CERTIFICATE, 16, 32));
    }

    @Test
    void shortIdentifierOfNoFileIsNotFound() {
      send(SELECT_JPKI);
      assertThat(statusOf("00B09E0010")).isEqualTo("6A82");
    }

    @Test
    void readingToTheEndGivesWhatIsThere() {
      send(SELECT_JPKI, "00A4020C020008");
      assertThat(dataOf("00B0000200")).hasSize(1);
    }

    @Test
    void readingPastTheEndIsRefused() {
      send(SELECT_JPKI, "00A4020C020008");
      assertThat(statusOf("00B0000300")).isEqualTo("6B00");
    }

    @Test
    void nothingIsReadWithoutAFile() {
      assertThat(statusOf("00B0000000")).isEqualTo("6986");
      send(SELECT_JPKI);
      assertThat(statusOf("00B0000000")).isEqualTo("6986");
    }

    @ParameterizedTest
    @ValueSource(strings = {SELECT_PIN, SELECT_KEY})
    void pinAndKeyAreNeverRead(String select) {
      send(SELECT_JPKI, SELECT_PIN, RIGHT_PIN, select);
      assertThat(statusOf("00B0000000")).isEqualTo("6981");
    }

    @Test
    void readingWithoutLengthIsRefused() {
      send(SELECT_JPKI, "00A4020C020006");
      assertThat(statusOf("00B00000")).isEqualTo("6700");
    }
  }

  @Nested
  class VerifyingThePin {

    @Test
    void askingForTheTriesLeftCostsNone() {
      send(SELECT_JPKI, SELECT_PIN, ASK_TRIES, ASK_TRIES);
      assertThat(statusOf(ASK_TRIES)).isEqualTo("63C3");
    }

    @Test
    void mistakesAreCountedDownAndThenThePinIsBlocked() {
      send(SELECT_JPKI, SELECT_PIN);
      assertThat(statusOf(WRONG_PIN)).isEqualTo("63C2");
      assertThat(statusOf(WRONG_PIN)).isEqualTo("63C1");
      assertThat(statusOf(WRONG_PIN)).isEqualTo("63C0");
      assertThat(statusOf(WRONG_PIN)).isEqualTo("6984");
      assertThat(statusOf(RIGHT_PIN)).isEqualTo("6984");
      assertThat(statusOf(ASK_TRIES)).isEqualTo("63C0");
    }

    @Test
    void rightPinGivesAllTriesBack() {
      send(SELECT_JPKI, SELECT_PIN, WRONG_PIN, WRONG_PIN);
      assertThat(statusOf(RIGHT_PIN)).isEqualTo("9000");
      assertThat(statusOf(ASK_TRIES)).isEqualTo("63C3");
    }

    @Test
    void shortIdentifierNamesThePin() {
      send(SELECT_JPKI);
      assertThat(statusOf("00200098")).isEqualTo("63C3");
      assertThat(statusOf("002000980431323334")).isEqualTo("9000");
    }

    @Test
    void whatIsNoPinCannotBeVerified() {
      send(SELECT_JPKI, "00A4020C02000A");
      assertThat(statusOf(RIGHT_PIN)).isEqualTo("6981");
    }

    @Test
    void thereMustBeACurrentFile() {
      assertThat(statusOf(RIGHT_PIN)).isEqualTo("6986");
      send(SELECT_JPKI);
      assertThat(statusOf(RIGHT_PIN)).isEqualTo("6986");
    }

    @Test
    void otherParametersAreWrong() {
      send(SELECT_JPKI, SELECT_PIN);
      assertThat(statusOf("002001800431323334")).isEqualTo("6A86");
      assertThat(statusOf("002000000431323334")).isEqualTo("6A86");
    }

    @Test
    void mistakeOutlivesRemovalButNothingVerifiedDoes() {
      send(SELECT_JPKI, SELECT_PIN, WRONG_PIN);
      CardInsertion again = card.insert();
      transmit(again, SELECT_JPKI);
      transmit(again, SELECT_PIN);
      assertThat(status(transmit(again, ASK_TRIES))).isEqualTo("63C2");
    }

    @Test
    void tryThatCannotBeCountedOpensNothing(@TempDir Path folder) throws Exception {
      Path file = folder.resolve("counters");
      PinCounters kept = PinCounters.keptIn(file);
      CardInsertion other = TestCards.card("taro", kept).insert();
      Files.createDirectories(file.resolve("in-the-way"));
      transmit(other, SELECT_JPKI);
      transmit(other, SELECT_PIN);
      assertThat(status(transmit(other, WRONG_PIN))).isEqualTo("6581");
    }
  }

  @Nested
  class Signing {

    @Test
    void signatureOverADigestInfoIsAnOrdinaryOne() throws GeneralSecurityException {
      send(SELECT_JPKI, SELECT_PIN, RIGHT_PIN, SELECT_KEY);
      byte[] signature = dataOf(sign("80"));
      Signature verifier = Signature.getInstance("SHA256withRSA");
      verifier.initVerify(TestCards.KEYS.getPublic());
      verifier.update("statement".getBytes(StandardCharsets.UTF_8));
      assertThat(verifier.verify(signature)).isTrue();
    }

    @Test
    void withoutPinNothingIsSigned() {
      send(SELECT_JPKI, SELECT_KEY);
      assertThat(statusOf(sign("80"))).isEqualTo("6982");
    }

    @Test
    void afterAWrongPinNothingIsSigned() {
      send(SELECT_JPKI, SELECT_PIN, RIGHT_PIN, WRONG_PIN);
      assertThat(statusOf(sign("97"))).isEqualTo("6982");
    }

    @Test
    void selectingTheApplicationAgainEndsWhatThePinOpened() {
      send(SELECT_JPKI, SELECT_PIN, RIGHT_PIN, SELECT_JPKI);
      assertThat(statusOf(sign("97"))).isEqualTo("6982");
    }

    @Test
    void resetEndsTheSelection() {
      send(SELECT_JPKI, SELECT_PIN, RIGHT_PIN);
      insertion.reset();
      assertThat(statusOf(ASK_TRIES)).isEqualTo("6986");
      send(SELECT_JPKI);
      assertThat(statusOf(sign("97"))).isEqualTo("6982");
    }

    @Test
    void pinVerifiedInOneReaderOpensNothingInAnother() {
      send(SELECT_JPKI, SELECT_PIN, RIGHT_PIN);
      CardInsertion elsewhere = card.insert();
      transmit(elsewhere, SELECT_JPKI);
      assertThat(status(transmit(elsewhere, sign("97")))).isEqualTo("6982");
    }

    @Test
    void anythingElseThanAKeyCannotSign() {
      send(SELECT_JPKI, SELECT_PIN, RIGHT_PIN);
      assertThat(statusOf(sign("80"))).isEqualTo("6981");
    }

    @Test
    void inputHas1To245Bytes() {
      send(SELECT_JPKI, SELECT_PIN, RIGHT_PIN, SELECT_KEY);
      assertThat(statusOf("802A0080")).isEqualTo("6700");
      assertThat(statusOf("802A0080F6" + "00".repeat(246) + "00")).isEqualTo("6700");
      assertThat(statusOf("802A0080F5" + "00".repeat(245) + "00")).isEqualTo("9000");
    }

    @Test
    void otherParametersAreWrong() {
      send(SELECT_JPKI, SELECT_PIN, RIGHT_PIN, SELECT_KEY);
      assertThat(statusOf("802A2080010000")).isEqualTo("6A86");
      assertThat(statusOf("802A0680010000")).isEqualTo("6A86");
    }
  }

  @Nested
  class NotUnderstanding {

    @ParameterizedTest
    @ValueSource(strings = {"00CADF3000", "00CB3FFF00", "80CA9F7F00", "00EE0000"})
    void unknownInstruction(String command) {
      assertThat(statusOf(command)).isEqualTo("6D00");
      send(SELECT_JPKI);
      assertThat(statusOf(command)).isEqualTo("6D00");
    }

    @ParameterizedTest
    @ValueSource(strings = {"A0A40000023F00", "0CB0000000", "FFCA000000"})
    void unknownClass(String command) {
      assertThat(statusOf(command)).isEqualTo("6E00");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"", "00", "00A404", "00A4040C0AD392", "00A4020C02001800FF", "00B00000000002FF"})
    void lengthsThatContradictEachOther(String command) {
      assertThat(statusOf(command)).isEqualTo("6700");
    }
  }

  private void send(String... commands) {
    for (String command : commands) {
      transmit(insertion, command);
    }
  }

  private String statusOf(String command) {
    return status(transmit(insertion, command));
  }

  private byte[] dataOf(String command) {
    byte[] response = transmit(insertion, command);
    assertThat(status(response)).isEqualTo("9000");
    return Arrays.copyOf(response, response.length - 2);
  }

  private static byte[] transmit(CardInsertion insertion, String command) {
    return insertion.transmit(HexFormat.of().parseHex(command));
  }

  private static String status(byte[] response) {
    return HexFormat.of().withUpperCase().formatHex(response, response.length - 2, response.length);
  }

  private static String sign(String keyReference) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest("statement".getBytes(StandardCharsets.UTF_8));
      return "802A00"
          + keyReference
          + "33"
          + SHA_256_DIGEST_INFO
          + HexFormat.of().formatHex(hash)
          + "00";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
