package jp.kazashi.simulator.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The applications of a whole card, file by file (facts: card and JPKI, §1.2 to §1.9). */
class CardApplicationsTest {

  private static final String JPKI = Talk.select("D392F000260100000001");
  private static final String TEXT = Talk.select("D3921000310001010408");
  private static final String FACE = Talk.select("D3921000310001010402");
  private static final String RESIDENT = Talk.select("D3921000310001010401");
  private static final String COMMON = Talk.select("D3921000310001010100");
  private static final String READ = "00B0000000";
  private static final String READ_ALL = "00B00000000000";
  private static final String PASSWORD = Talk.verify("1B", TestCards.PASSWORD);
  private static final String HASH = "5A".repeat(32);
  private static final byte[] MESSAGE = "statement".getBytes(StandardCharsets.UTF_8);

  private final PinCounters counters = PinCounters.inMemory();
  private final Talk card = Talk.to(TestCards.everything("hanako"), counters);

  @Test
  void whatIsPrintedIsDrawnAndSignedOnlyWhenItsApplicationIsSelected() {
    KeyPair cannotSign = new KeyPair(TestCards.ISSUER.getPublic(), null);
    CardContents whole = TestCards.everything("hanako");
    CardContents.Printing printing =
        new CardContents.Printing(
            TestCards.FACE,
            TestCards.PRESENCE,
            new RecordIssuer(cannotSign, cannotSign, "9013999"));
    Talk unsigned =
        Talk.to(
            new CardContents(
                whole.name(),
                whole.form(),
                whole.authentication(),
                whole.signature(),
                Optional.of(printing),
                whole.terminalAuthority(),
                whole.atr()),
            counters);

    assertThat(unsigned.statusAfter(JPKI)).isEqualTo("9000");
    assertThat(unsigned.statusAfter(COMMON)).isEqualTo("9000");
    assertThatThrownBy(() -> unsigned.statusAfter(FACE)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> unsigned.statusAfter(TEXT)).isInstanceOf(IllegalStateException.class);
  }

  @Nested
  class Jpki {

    @Test
    void bothCertificatesAreSaidToBeThere() {
      assertThat(Talk.hex(card.dataAfter(JPKI, Talk.file("0008"), READ))).isEqualTo("8F8F00");
    }

    @Test
    void signatureCertificateIsReadOnlyAfterThePassword() {
      assertThat(card.statusAfter(JPKI, Talk.file("0001"), READ)).isEqualTo("6982");
      assertThat(card.dataAfter(JPKI, PASSWORD, Talk.file("0001"), READ_ALL))
          .startsWith(TestCards.CERTIFICATE);
      assertThat(card.dataAfter(JPKI, Talk.file("0002"), READ)).hasSize(256);
    }

    @Test
    void fileNobodyKnowsIsClosedToEveryone() {
      assertThat(
              card.statusAfter(JPKI, Talk.verify("18", "1234"), PASSWORD, Talk.file("0009"), READ))
          .isEqualTo("6982");
    }

    @Test
    void keyThatChecksTerminalsIsNeverRead() {
      assertThat(card.statusAfter(JPKI, Talk.file("0016"), READ)).isEqualTo("6981");
    }

    @Test
    void passwordHasFiveTries() {
      assertThat(card.statusAfter(JPKI, "0020009B")).isEqualTo("63C5");
      assertThat(card.statusAfter(Talk.verify("1B", "WRONG1"))).isEqualTo("63C4");
      assertThat(card.statusAfter("00200098")).isEqualTo("63C3");
    }

    @Test
    void onePinDoesNotOpenTheOtherKey() {
      String sign = "802A009A01AA00";
      assertThat(card.statusAfter(JPKI, Talk.verify("18", "1234"), sign)).isEqualTo("6982");
      assertThat(card.statusAfter(JPKI, PASSWORD, sign)).isEqualTo("9000");
      assertThat(card.statusAfter("802A009701AA00")).isEqualTo("6982");
    }

    @ParameterizedTest
    @CsvSource({"01, bare", "02, hash", "03, message", "04, pss-hash", "05, pss"})
    void everySchemeSignsWhatItSays(String p1, String scheme) throws GeneralSecurityException {
      boolean takesHash = scheme.contains("hash");
      byte[] input = takesHash ? SignatureScheme.sha256(MESSAGE) : MESSAGE;
      String command = "802A%s97%02X%s00".formatted(p1, input.length, Talk.hex(input));
      byte[] signature = card.dataAfter(JPKI, Talk.verify("18", "1234"), command);
      switch (scheme) {
        case "bare" ->
            verify(
                "NONEwithRSA",
                TestCards.KEYS.getPublic(),
                signature,
                SignatureScheme.sha256(MESSAGE));
        case "hash", "message" ->
            verify("SHA256withRSA", TestCards.KEYS.getPublic(), signature, MESSAGE);
        default -> verifyPss(signature);
      }
    }

    @Test
    void schemeThatTakesAHashTakesNothingElse() {
      assertThat(card.statusAfter(JPKI, Talk.verify("18", "1234"), "802A029701AA00"))
          .isEqualTo("6700");
    }

    @Test
    void pinIsChangedByWhoeverKnowsIt() {
      String change = "00240180" + "04" + "39393939";
      assertThat(card.statusAfter(JPKI, Talk.file("0018"), change)).isEqualTo("6982");
      assertThat(card.statusAfter(JPKI, Talk.verify("18", "1234"), change)).isEqualTo("9000");
      Talk later = Talk.to(TestCards.everything("hanako"), counters);
      assertThat(later.statusAfter(JPKI, Talk.verify("18", "1234"))).isEqualTo("63C2");
      assertThat(later.statusAfter(JPKI, Talk.verify("18", "9999"))).isEqualTo("9000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"03393939", "0439393941", "053939393939"})
    void newPinHasTheFormOfAPin(String digits) {
      assertThat(card.statusAfter(JPKI, Talk.verify("18", "1234"), "00240180" + digits))
          .isEqualTo("6A80");
    }

    @Test
    void newPasswordHasItsOwnForm() {
      assertThat(card.statusAfter(JPKI, PASSWORD, "00240180" + "06" + "414243444546"))
          .isEqualTo("6A80");
      assertThat(card.statusAfter(JPKI, PASSWORD, "00240180" + "06" + "414243343536"))
          .isEqualTo("9000");
    }

    @Test
    void challengeHasOneTo256RandomBytesAndNoExtendedForm() {
      assertThat(card.dataAfter(JPKI, "0084000010")).hasSize(16);
      assertThat(card.dataAfter("0084000000")).hasSize(256);
      assertThat(card.statusAfter("0084000000" + "0010")).isEqualTo("6985");
    }

    @Test
    void internalAuthenticateIsForAnotherApplication() {
      assertThat(card.statusAfter(JPKI, "0088009701AA00")).isEqualTo("6982");
      assertThat(card.statusAfter(JPKI, Talk.verify("18", "1234"), "0088009701AA00"))
          .isEqualTo("6985");
    }
  }

  @Nested
  class Text {

    private static final String PIN = "002000910435363738";

    @Test
    void attributesAreOpenedByPinOrByNumberB() {
      assertThat(card.statusAfter(TEXT, Talk.file("0002"), READ)).isEqualTo("6982");
      byte[] byPin = card.dataAfter(TEXT, PIN, Talk.file("0002"), READ);
      byte[] byB =
          card.dataAfter(
              TEXT,
              Talk.verify("15", TestCards.FACE.verificationNumberB()),
              Talk.file("0002"),
              READ);
      assertThat(byB).isEqualTo(byPin);
      assertThat(Talk.hex(byPin)).startsWith("FF20");
    }

    @Test
    void numberAOpensTheNumberAndNotTheAttributes() {
      String a = Talk.verify("14", TestCards.FACE.number());
      assertThat(card.statusAfter(TEXT, a, Talk.file("0002"), READ)).isEqualTo("6982");
      byte[] number = card.dataAfter(Talk.file("0001"), READ);
      assertThat(number).hasSize(17);
      assertThat(Talk.hex(number)).startsWith("FF100C").endsWith("FFFF");
    }

    @Test
    void offsetsOfTheAttributesPointAtTheirTags() {
      byte[] file = card.dataAfter(TEXT, PIN, Talk.file("0002"), READ);
      int table = HexFormat.of().withUpperCase().formatHex(file).indexOf("DF2108") / 2 + 3;
      for (int field = 0; field < 4; field++) {
        int at = ((file[table + 2 * field] & 0xFF) << 8) | (file[table + 2 * field + 1] & 0xFF);
        assertThat(Talk.hex(Arrays.copyOfRange(file, at, at + 2))).isEqualTo("DF2" + (2 + field));
      }
    }

    @Test
    void whatIsSignedIsSignedByTheIssuer() throws GeneralSecurityException {
      byte[] record = card.dataAfter(TEXT, PIN, Talk.file("0003"), READ_ALL);
      int hashes = 2 * (2 + 1 + 32);
      int start = record.length - hashes - (2 + 3 + 256);
      verify(
          "SHA256withRSA",
          TestCards.ISSUER.getPublic(),
          Arrays.copyOfRange(record, record.length - 256, record.length),
          Arrays.copyOfRange(record, start, start + hashes));
    }

    @Test
    void blockedReferenceIsBlockedOnEveryCard() {
      assertThat(card.statusAfter(TEXT, "00200092")).isEqualTo("63C0");
      assertThat(card.statusAfter("002000920431323334")).isEqualTo("6984");
    }

    @Test
    void cardShowsThatItIsThereWithoutPin() throws GeneralSecurityException {
      byte[] signature = card.dataAfter(TEXT, "802A0000" + "20" + HASH + "00");
      verify(
          "NONEwithRSA", TestCards.PRESENCE.getPublic(), signature, HexFormat.of().parseHex(HASH));
    }
  }

  @Nested
  class Face {

    @Test
    void pictureIsOpenedByNumberBAndHoldsThePortrait() throws Exception {
      assertThat(card.statusAfter(FACE, Talk.file("0002"), READ)).isEqualTo("6982");
      byte[] file =
          card.dataAfter(
              FACE,
              Talk.verify("12", TestCards.FACE.verificationNumberB()),
              Talk.file("0002"),
              READ_ALL);
      String hex = Talk.hex(file);
      assertThat(hex).startsWith("FF2082").contains(Talk.hex(TestCards.FACE.portrait()));
      int png = hex.indexOf("89504E47") / 2;
      var name = ImageIO.read(new ByteArrayInputStream(file, png, file.length - png));
      assertThat(name.getWidth()).isEqualTo(5 * 9 + 1);
    }

    @Test
    void birthDateOpensTheAgeAndNothingElse() {
      assertThat(TestCards.FACE.birthDateDigits()).isEqualTo("530412");
      String birthDate = Talk.verify("11", "530412");
      byte[] age = card.dataAfter(FACE, birthDate, Talk.file("0001"), READ_ALL);
      assertThat(Talk.hex(age)).startsWith("FF1082021EDF1108" + "3139373830343132");
      assertThat(card.statusAfter(Talk.file("0002"), READ)).isEqualTo("6982");
    }

    @Test
    void numberIsOpenedByNumberAOnly() {
      String b = Talk.verify("12", TestCards.FACE.verificationNumberB());
      assertThat(card.statusAfter(FACE, b, Talk.file("0005"), READ)).isEqualTo("6982");
      String a = Talk.verify("13", TestCards.FACE.number());
      assertThat(card.statusAfter(a, Talk.file("0005"), READ)).isEqualTo("9000");
    }

    @Test
    void verificationNumberBIsBirthDateEndYearAndSecurityCode() {
      assertThat(TestCards.FACE.verificationNumberB()).isEqualTo("53041220369753");
    }

    @Test
    void issuersCertificateIsFree() {
      byte[] certificate = card.dataAfter(FACE, Talk.file("0004"), READ_ALL);
      assertThat(Talk.hex(certificate)).startsWith("7F21820233" + "5F4E820129" + "39303030303030");
      assertThat(certificate).hasSize(5 + 0x233);
    }
  }

  @Nested
  class CommonAndResident {

    @Test
    void cardsNumberIsReadAsARecordByShortIdentifier() {
      byte[] identity = card.dataAfter(COMMON, "00B2010C00");
      assertThat(new String(identity, 2, 28, StandardCharsets.US_ASCII))
          .isEqualTo("400000000000017" + "13999" + "20360412");
      assertThat(Talk.hex(identity)).startsWith("011C");
    }

    @Test
    void recordIsReadFromTheCurrentFileToo() {
      assertThat(card.dataAfter(COMMON, Talk.file("0001"), "00B2010400")).hasSize(30);
    }

    @Test
    void recordThatIsNotThereIsNotFound() {
      assertThat(card.statusAfter(COMMON, "00B2020C00")).isEqualTo("6A83");
      assertThat(card.statusAfter("00B2000C00")).isEqualTo("6A83");
    }

    @Test
    void tooShortALengthIsToldTheRightOne() {
      assertThat(card.statusAfter(COMMON, "00B2010C05")).isEqualTo("6C1E");
    }

    @Test
    void recordsAreNotReadByOffsetNorFilesByRecord() {
      assertThat(card.statusAfter(COMMON, "00B0810000")).isEqualTo("6981");
      assertThat(card.statusAfter(JPKI, Talk.file("0006"), "00B2010400")).isEqualTo("6981");
    }

    @Test
    void challengeIsAnsweredWithoutPin() throws GeneralSecurityException {
      byte[] signature = card.dataAfter(COMMON, "00880099" + "20" + HASH + "00");
      verify(
          "SHA256withRSA",
          TestCards.PRESENCE.getPublic(),
          signature,
          HexFormat.of().parseHex(HASH));
    }

    @ParameterizedTest
    @ValueSource(strings = {"D3921000310001010401", "D3921000310001010100"})
    void theirPinIsChangedByACommandOfItsOwn(String application) {
      String verify = Talk.verify("1C", "5678");
      assertThat(card.statusAfter(Talk.select(application), verify, "803200800431313131"))
          .isEqualTo("9000");
      assertThat(card.statusAfter(verify)).isEqualTo("63C2");
      assertThat(card.statusAfter(Talk.verify("1C", "1111"), "002401800432323232"))
          .isEqualTo("6985");
    }

    @Test
    void residentApplicationHoldsAKeyReference() {
      assertThat(card.dataAfter(RESIDENT, "00B2011400")).hasSize(16);
    }
  }

  @Nested
  class Forms {

    @ParameterizedTest
    @EnumSource(CardForm.class)
    void formIsToldByTheLabel(CardForm form) {
      Talk other = Talk.to(TestCards.everything("other", form), counters);
      byte[] label = other.dataAfter(JPKI, Talk.file("0006"), "00B0000020");
      assertThat(new String(label, StandardCharsets.US_ASCII).strip()).isEqualTo(form.tokenLabel());
    }

    @Test
    void androidPhoneShowsItsCertificateOnlyAfterThePin() {
      Talk phone = Talk.to(TestCards.everything("android", CardForm.ANDROID_PHONE), counters);
      assertThat(phone.statusAfter(JPKI, Talk.file("000A"), READ)).isEqualTo("6982");
      assertThat(phone.statusAfter(JPKI, Talk.verify("18", "1234"), Talk.file("000A"), READ))
          .isEqualTo("9000");
    }

    @Test
    void iphoneSignsForAHolderItHasConfirmedByItself() {
      Talk phone = Talk.to(TestCards.everything("iphone", CardForm.IPHONE), counters);
      assertThat(phone.statusAfter(JPKI, Talk.file("000A"), READ)).isEqualTo("9000");
      assertThat(phone.statusAfter(JPKI, "802A009701AA00")).isEqualTo("9000");
      assertThat(phone.statusAfter(JPKI, Talk.file("0018"))).isEqualTo("6A82");
    }

    @Test
    void phoneHasNoFaceOfACard() {
      Talk phone = Talk.to(TestCards.everything("iphone", CardForm.IPHONE), counters);
      assertThat(phone.statusAfter(FACE)).isEqualTo("6A82");
    }

    @Test
    void issuerDomainGivesBackTheStateOfTheStart() {
      String domain = Talk.select("A0000001510000");
      assertThat(card.statusAfter(JPKI, Talk.verify("18", "1234"), domain, "802A009701AA00"))
          .isEqualTo("6D00");
    }

    @Test
    void numberThatCouldBeSomebodysIsRefused() {
      String nobodys = CardFace.nobodysNumber("12345678901");
      String possible =
          nobodys.substring(0, 11) + CardFace.checkDigit(nobodys.substring(0, 11) + "0");
      CardFace face = TestCards.FACE;
      assertThatThrownBy(() ->
              new CardFace(
                  face.name(),
                  face.address(),
                  face.birthDate(),
                  face.sex(),
                  face.expires(),
                  face.municipality(),
                  face.serial(),
                  face.securityCode(),
                  possible,
                  face.pin(),
                  face.portrait()))
          .hasMessageContaining("check digit");
    }
  }

  /** The simulator's own profile; a real card knows none of these commands. */
  @Nested
  class WithoutPin {

    private static final String CHALLENGE = "9084001620";
    private static final String SIGN = "802A009701AA00";

    private final KeyPair terminal = TestCards.SIGNING;

    @Test
    void terminalOfTheInstitutionGetsOneSignature() throws GeneralSecurityException {
      assertThat(card.statusAfter(proof(), SIGN)).isEqualTo("9000");
      assertThat(card.statusAfter(SIGN)).isEqualTo("6982");
    }

    @Test
    void proofOpensNeitherTheSignatureKeyNorItsCertificate() throws GeneralSecurityException {
      assertThat(card.statusAfter(proof(), "802A009A01AA00")).isEqualTo("6982");
      assertThat(card.statusAfter(Talk.file("0001"), READ)).isEqualTo("6982");
    }

    @Test
    void otherRolesAreNoTerminals() {
      assertThat(card.statusAfter(JPKI, certificate("INSURER"))).isEqualTo("6A80");
    }

    @Test
    void challengeIsGoodForOneAttempt() throws GeneralSecurityException {
      String proof = proof();
      assertThat(card.statusAfter(proof)).isEqualTo("9000");
      assertThat(card.statusAfter(proof)).isEqualTo("6985");
    }

    @Test
    void otherKeyProvesNothing() throws GeneralSecurityException {
      assertThat(card.statusAfter(JPKI, certificate("READER"))).isEqualTo("9000");
      byte[] challenge = card.dataAfter(CHALLENGE);
      assertThat(card.statusAfter(proof(TestCards.PRESENCE, challenge))).isEqualTo("6982");
      assertThat(card.statusAfter(SIGN)).isEqualTo("6982");
    }

    @Test
    void selectingAgainEndsIt() throws GeneralSecurityException {
      assertThat(card.statusAfter(proof(), JPKI, SIGN)).isEqualTo("6982");
    }

    @Test
    void cardWithoutThatAuthorityKnowsNoSuchClass() {
      Talk plain = Talk.to(TestCards.contents("taro"), counters);
      assertThat(plain.statusAfter(JPKI, CHALLENGE)).isEqualTo("6E00");
      assertThat(plain.statusAfter(CHALLENGE)).isEqualTo("6E00");
    }

    private String certificate(String role) {
      byte[] der = TestCards.terminalCertificate(terminal, role);
      return "902E001600%04X%s".formatted(der.length, Talk.hex(der));
    }

    /** The last of the three commands; the first two are done. */
    private String proof() throws GeneralSecurityException {
      assertThat(card.statusAfter(JPKI, certificate("READER"))).isEqualTo("9000");
      return proof(terminal, card.dataAfter(CHALLENGE));
    }

    private static String proof(KeyPair terminal, byte[] challenge)
        throws GeneralSecurityException {
      Signature signer = Signature.getInstance("SHA256withRSA");
      signer.initSign(terminal.getPrivate());
      signer.update("Kazashi simulator PIN-less profile 1".getBytes(StandardCharsets.US_ASCII));
      signer.update(challenge);
      byte[] signature = signer.sign();
      return "9082001600%04X%s".formatted(signature.length, Talk.hex(signature));
    }
  }

  private static void verify(String algorithm, PublicKey key, byte[] signature, byte[] data)
      throws GeneralSecurityException {
    Signature verifier = Signature.getInstance(algorithm);
    verifier.initVerify(key);
    verifier.update(data);
    assertThat(verifier.verify(signature)).isTrue();
  }

  private static void verifyPss(byte[] signature) throws GeneralSecurityException {
    Signature verifier = Signature.getInstance("RSASSA-PSS");
    verifier.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
    verifier.initVerify(TestCards.KEYS.getPublic());
    verifier.update(MESSAGE);
    assertThat(verifier.verify(signature)).isTrue();
  }
}
