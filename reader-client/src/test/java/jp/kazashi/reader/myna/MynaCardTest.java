package jp.kazashi.reader.myna;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.smartcardio.CardException;
import javax.smartcardio.TerminalFactory;
import jp.kazashi.reader.card.CardKind;
import jp.kazashi.reader.card.CardOpening;
import jp.kazashi.reader.card.CardPort;
import jp.kazashi.reader.card.CardSession;
import jp.kazashi.reader.card.CardStep;
import jp.kazashi.reader.card.StepResult;
import jp.kazashi.reader.card.pcsc.PcscReaders;
import jp.kazashi.simulator.card.CardForm;
import jp.kazashi.simulator.card.PinCounters;
import jp.kazashi.simulator.card.PinReference;
import jp.kazashi.simulator.card.VirtualCard;
import jp.kazashi.simulator.terminal.VirtualReader;
import jp.kazashi.simulator.terminal.VirtualReaders;
import jp.kazashi.simulator.terminal.VirtualTerminalProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reader's side against the virtual card, through the virtual readers of the same JVM. */
class MynaCardTest {

  private static final byte[] STATEMENT = "statement".getBytes(StandardCharsets.UTF_8);
  private static final PinReference HANAKOS_PIN = PinReference.authentication("hanako");

  private final PinCounters counters = PinCounters.inMemory();
  private final VirtualCard hanako = TestCards.card("hanako", counters);
  private final VirtualReaders virtual = new VirtualReaders();
  private final PcscReaders readers = PcscReaders.of(readersFactory(virtual));

  @AfterEach
  void close() {
    virtual.close();
  }

  @Test
  void cardIsRecognisedByApplicationAndLabel() {
    try (CardSession session = kioskWith(hanako)) {
      assertThat(recognised(session).kind()).isEqualTo(CardKind.MY_NUMBER_CARD);
    }
  }

  @Test
  void certificateIsReadToItsEndWithoutTheFillerOfTheFile() {
    try (CardSession session = kioskWith(hanako)) {
      var reading = (CertificateReading.Read) recognised(session).authenticationCertificate();
      assertThat(reading.certificate().der().toArray()).isEqualTo(TestCards.CERTIFICATE);
    }
  }

  @Test
  void rightPinLetsTheCardSign() throws GeneralSecurityException {
    try (CardSession session = kioskWith(hanako)) {
      Proving proving = prove(recognised(session), "1234");
      assertThat(proving).isInstanceOf(Proving.Signed.class);
      assertThat(verifies((Proving.Signed) proving)).isTrue();
    }
  }

  @Test
  void askingForTheTriesLeftCostsNone() {
    try (CardSession session = kioskWith(hanako)) {
      MynaCard card = recognised(session);
      assertThat(card.pinTries()).isEqualTo(new PinTries.Left(3));
      assertThat(card.pinTries()).isEqualTo(new PinTries.Left(3));
    }
  }

  @Test
  void wrongPinTellsTheTriesLeftAndTheThirdOneBlocks() {
    try (CardSession session = kioskWith(hanako)) {
      MynaCard card = recognised(session);
      assertThat(prove(card, "9999")).isEqualTo(new Proving.WrongPin(2));
      assertThat(prove(card, "9999")).isEqualTo(new Proving.WrongPin(1));
      assertThat(card.pinTries()).isEqualTo(new PinTries.Left(1));
      assertThat(prove(card, "9999")).isEqualTo(new Proving.PinBlocked());
      assertThat(prove(card, "1234")).isEqualTo(new Proving.PinBlocked());
      assertThat(card.pinTries()).isEqualTo(new PinTries.Blocked());
    }
  }

  @Test
  void mistakeIsStillCountedWhenTheCardComesBack() {
    try (CardSession session = kioskWith(hanako)) {
      assertThat(prove(recognised(session), "9999")).isEqualTo(new Proving.WrongPin(2));
    }
    try (CardSession session = kioskWith(hanako)) {
      assertThat(recognised(session).pinTries()).isEqualTo(new PinTries.Left(2));
    }
  }

  @Test
  void nothingStaysVerifiedAfterSigning() {
    try (CardSession session = kioskWith(hanako)) {
      prove(recognised(session), "1234");
      assertThat(
              session.transmitAll(
                  JpkiApplet.selectFile(JpkiApplet.AUTHENTICATION_KEY),
                  JpkiApplet.computeSignature(new byte[51])))
          .isEqualTo(new StepResult.Unexpected("sign", 0x6982));
    }
  }

  @Test
  void pinIsSentOnceAndWipedFromItsStep() {
    try (CardSession session = kioskWith(hanako)) {
      WatchedSession watched = new WatchedSession(session);
      assertThat(prove(recognised(watched), "9999")).isEqualTo(new Proving.WrongPin(2));
      assertThat(watched.steps("verify PIN")).hasSize(1);
      assertThat(watched.steps("verify PIN").getFirst().command()).containsOnly((byte) 0);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"select JPKI", "select file 0018", "verify PIN", "select file 0017", "sign"})
  void cardTakenAwayAtAnyStepSignsNothingAndLosesNoTry(String step) {
    try (CardSession session = kioskWith(hanako)) {
      WatchedSession watched = new WatchedSession(session);
      MynaCard card = recognised(watched);
      watched.before(step, kiosk()::remove);
      assertThat(prove(card, "1234")).isEqualTo(new Proving.CardGone());
      assertThat(card.pinTries()).isEqualTo(new PinTries.CardGone());
      assertThat(watched.steps("verify PIN").size()).isLessThanOrEqualTo(1);
    }
    assertThat(counters.left(HANAKOS_PIN)).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"select JPKI", "read beginning of 000A", "read much"})
  void cardTakenAwayWhileItIsReadIsGone(String step) {
    try (CardSession session = kioskWith(hanako)) {
      WatchedSession watched = new WatchedSession(session);
      MynaCard card = recognised(watched);
      watched.before(step, kiosk()::remove);
      assertThat(card.authenticationCertificate()).isEqualTo(new CertificateReading.CardGone());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"6700", "6A86", "6D00", "6F00"})
  void whatCardOrReaderDoesNotPassIsReadInThePlainestCommands(String statusWord) {
    byte[] asItIs = certificateRead(session -> session);

    assertThat(certificateRead(session -> new PlainSession(session, statusWord))).isEqualTo(asItIs);
  }

  @Test
  void fewCommandsReadACertificate() {
    try (CardSession session = kioskWith(hanako)) {
      WatchedSession watched = new WatchedSession(session);
      recognised(watched).authenticationCertificate();
      assertThat(watched.steps("read much")).hasSize(1);
      assertThat(watched.steps("read")).isEmpty();
    }
  }

  private byte[] certificateRead(UnaryOperator<CardSession> through) {
    try (CardSession session = kioskWith(hanako)) {
      MynaCard card = recognised(through.apply(session));
      return ((CertificateReading.Read) card.authenticationCertificate())
          .certificate()
          .der()
          .toArray();
    }
  }

  /** A card, or the way to it, that knows neither short identifiers nor extended lengths. */
  private record PlainSession(CardSession session, String statusWord) implements CardSession {
    @Override
    public StepResult transmit(CardStep step) {
      return step.name().startsWith("read beginning") || step.name().equals("read much")
          ? refusal(step)
          : session.transmit(step);
    }

    private StepResult refusal(CardStep step) {
      // Some readers' drivers fail where others let the card answer.
      return statusWord.equals("6F00") && step.name().equals("read much")
          ? new StepResult.Trouble("Extended lengths are not supported.")
          : new StepResult.Unexpected(step.name(), Integer.parseInt(statusWord, 16));
    }

    @Override
    public <R> R exclusively(Supplier<R> section) {
      return session.exclusively(section);
    }

    @Override
    public void close() {
      session.close();
    }
  }

  @Test
  void cardPutBackIsANewCardForAnOldSession() {
    try (CardSession session = kioskWith(hanako)) {
      MynaCard card = recognised(session);
      kiosk().insert(hanako);
      assertThat(prove(card, "1234")).isEqualTo(new Proving.CardGone());
    }
  }

  @Test
  void resetByAnotherProgramBetweenTwoSectionsIsNotNoticed() throws Exception {
    try (CardSession session = kioskWith(hanako)) {
      MynaCard card = recognised(session);
      resetByAnotherProgram();
      assertThat(card.pinTries()).isEqualTo(new PinTries.Left(3));
      resetByAnotherProgram();
      assertThat(prove(card, "1234")).isInstanceOf(Proving.Signed.class);
    }
  }

  @Test
  void resetInTheMiddleOfProvingIsATroubleAndNoSecondTry() throws Exception {
    try (CardSession session = kioskWith(hanako)) {
      WatchedSession watched = new WatchedSession(session);
      MynaCard card = recognised(watched);
      watched.before("select file 0017", this::resetByAnotherProgram);
      assertThat(prove(card, "1234")).isEqualTo(new Proving.Trouble("SCARD_W_RESET_CARD"));
      assertThat(watched.steps("verify PIN")).hasSize(1);
    }
  }

  @Test
  void manyHeadlessCardsSignAtTheSameTime() throws Exception {
    VirtualCard taro = TestCards.card("taro", counters);
    try (ExecutorService visits = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Proving>> work =
          List.of(
              () -> headlessVisit(hanako, "1234"),
              () -> headlessVisit(hanako, "1234"),
              () -> headlessVisit(taro, "1234"),
              () -> headlessVisit(taro, "1234"));
      for (Future<Proving> visit : visits.invokeAll(work)) {
        assertThat(verifies((Proving.Signed) visit.get())).isTrue();
      }
    }
  }

  @Test
  void insertionsOfOneCardShareItsCounterButNotWhatIsVerified() {
    assertThat(headlessVisit(hanako, "9999")).isEqualTo(new Proving.WrongPin(2));
    assertThat(headlessVisit(hanako, "9999")).isEqualTo(new Proving.WrongPin(1));
  }

  @Test
  void cardWithoutTheApplicationIsNoMyNumberCard() {
    FakeSession other = new FakeSession(0x6A82);
    assertThat(MynaCard.recognise(other)).isEqualTo(new Recognition.NotAMyNumberCard());
  }

  @ParameterizedTest
  @ValueSource(strings = {"JPKIAPICCTOKEN", "SOMETHING ELSE", ""})
  void otherTokensAreNoMyNumberCard(String label) {
    FakeSession other = new FakeSession(0x9000);
    other.data = label.getBytes(StandardCharsets.US_ASCII);
    assertThat(MynaCard.recognise(other)).isEqualTo(new Recognition.NotAMyNumberCard());
  }

  @ParameterizedTest
  @ValueSource(strings = {"JPKIAPGPSETOKEN", "JPKIAPIOSTOKEN"})
  void phonesAreRecognised(String label) {
    FakeSession phone = new FakeSession(0x9000);
    phone.data = (label + "\0\0").getBytes(StandardCharsets.US_ASCII);
    assertThat(MynaCard.recognise(phone)).isInstanceOf(Recognition.Recognised.class);
  }

  @Nested
  class OfAWholeCard {

    private final VirtualCard whole = TestCards.everything("hanako", counters);
    private final CardFaceScan scan =
        () -> Optional.of(FaceNumber.taking(ascii(TestCards.FACE.verificationNumberB())));

    @Test
    void portraitIsOpenedByTheNumberOnTheFace() {
      try (CardSession session = kioskWith(whole)) {
        var read = (PortraitReading.Read) recognised(session).portrait(scan, CardIssuers.none());
        assertThat(read.jpeg2000()).isEqualTo(TestCards.FACE.portrait());
        assertThat(read.origin()).isEqualTo(PortraitReading.Origin.NOT_VERIFIED);
      }
    }

    @Test
    void portraitThatItsIssuerSignedIsTakenAndSaidToBeSigned() {
      try (CardSession session = kioskWith(whole)) {
        var read = (PortraitReading.Read) recognised(session).portrait(scan, TestCards.issuers());
        assertThat(read.jpeg2000()).isEqualTo(TestCards.FACE.portrait());
        assertThat(read.origin()).isEqualTo(PortraitReading.Origin.SIGNED);
        assertThat(
                session.transmitAll(JpkiApplet.selectFile(FaceApplet.FACE), JpkiApplet.read(0, 16)))
            .isEqualTo(new StepResult.Unexpected("read", 0x6982));
      }
    }

    @Test
    void portraitThatNobodyKnownSignedIsNotTaken() {
      CardIssuers others = new CardIssuers(List.of(TestCards.OTHER.getPublic()));
      try (CardSession session = kioskWith(whole)) {
        assertThat(recognised(session).portrait(scan, others))
            .isEqualTo(new PortraitReading.Distrusted(PortraitReading.Doubt.ISSUER_UNKNOWN));
      }
    }

    @Test
    void portraitThatAnotherKeySignedIsNotTaken() {
      try (CardSession session = kioskWith(TestCards.forged("hanako"))) {
        assertThat(recognised(session).portrait(scan, TestCards.issuers()))
            .isEqualTo(new PortraitReading.Distrusted(PortraitReading.Doubt.SIGNATURE_BROKEN));
      }
    }

    @Test
    void whateverWasSignedOfTheFaceCannotBeChangedNorLeftOut() {
      try (CardSession session = kioskWith(whole);
          FaceNumber number = scan.scan().orElseThrow()) {
        session.transmitAll(
            FaceApplet.select(),
            JpkiApplet.selectFile(FaceApplet.NUMBER_B),
            number.lend(JpkiApplet::verify));
        byte[] face = file(session, FaceApplet.FACE, FaceApplet.RECORD);
        byte[] issuer = file(session, FaceSignature.CERTIFICATE_FILE, FaceSignature.CERTIFICATE);
        assertThat(doubt(face, issuer)).isEmpty();
        for (int tag = 0xDF22; tag <= 0xDF28; tag++) {
          assertThat(doubt(changed(face, tag), issuer))
              .as("%X", tag)
              .contains(PortraitReading.Doubt.SIGNATURE_BROKEN);
          assertThat(doubt(renamed(face, tag), issuer))
              .as("%X", tag)
              .contains(
                  tag == 0xDF28
                      ? PortraitReading.Doubt.UNSIGNED
                      : PortraitReading.Doubt.SIGNATURE_BROKEN);
        }
        for (int at = 0; at < issuer.length; at++) {
          byte[] other = issuer.clone();
          other[at] ^= 1;
          assertThat(doubt(face, other)).as("byte %d of the certificate", at).isPresent();
        }
      }
    }

    private byte[] file(CardSession session, int file, int tag) {
      return ((CardFileReading.Whole)
              CardFiles.read(session, file, start -> FaceRecord.length(start, tag), 30_000))
          .value();
    }

    private Optional<PortraitReading.Doubt> doubt(byte[] face, byte[] issuer) {
      return FaceSignature.doubt(
          FaceRecord.of(face, FaceApplet.RECORD).orElseThrow(), issuer, TestCards.issuers());
    }

    /** One bit of that field. */
    private byte[] changed(byte[] face, int tag) {
      byte[] field = FaceRecord.of(face, FaceApplet.RECORD).orElseThrow().whole(tag).orElseThrow();
      byte[] other = face.clone();
      other[placeOf(field, face) + field.length - 1] ^= 1;
      return other;
    }

    private byte[] renamed(byte[] face, int tag) {
      byte[] field = FaceRecord.of(face, FaceApplet.RECORD).orElseThrow().whole(tag).orElseThrow();
      byte[] other = face.clone();
      other[placeOf(field, face) + 1] = 0x7A;
      return other;
    }

    private int placeOf(byte[] field, byte[] face) {
      for (int at = 0; ; at++) {
        if (Arrays.equals(face, at, at + field.length, field, 0, field.length)) {
          return at;
        }
      }
    }

    @Test
    void numberOfAnotherCardOpensNothingAndIsSentOnce() {
      try (CardSession session = kioskWith(whole)) {
        WatchedSession watched = new WatchedSession(session);
        CardFaceScan wrong = () -> Optional.of(FaceNumber.taking(ascii("53041220369999")));
        assertThat(recognised(watched).portrait(wrong, CardIssuers.none()))
            .isEqualTo(new PortraitReading.WrongNumber(9));
        assertThat(watched.steps("verify PIN")).hasSize(1);
        assertThat(watched.steps("verify PIN").getFirst().command()).containsOnly((byte) 0);
      }
    }

    @Test
    void withoutAScanNothingIsAskedOfTheCard() {
      try (CardSession session = kioskWith(whole)) {
        assertThat(recognised(session).portrait(Optional::empty, CardIssuers.none()))
            .isEqualTo(new PortraitReading.NotScanned());
      }
    }

    @Test
    void nothingOfTheFaceStaysOpen() {
      try (CardSession session = kioskWith(whole)) {
        recognised(session).portrait(scan, CardIssuers.none());
        assertThat(
                session.transmitAll(JpkiApplet.selectFile(FaceApplet.FACE), JpkiApplet.read(0, 16)))
            .isEqualTo(new StepResult.Unexpected("read", 0x6982));
      }
    }

    @Test
    void attributesAreOpenedByTheirOwnPin() {
      try (CardSession session = kioskWith(whole);
          PinEntry pin = PinEntry.taking(ascii(TestCards.ATTRIBUTES_PIN))) {
        assertThat(recognised(session).attributes(pin))
            .isEqualTo(
                new AttributesReading.Read(
                    new Attributes(
                        TestCards.FACE.name(),
                        TestCards.FACE.address(),
                        TestCards.FACE.birthDate(),
                        Attributes.Sex.FEMALE)));
      }
    }

    @Test
    void wrongPinOfTheAttributesCostsOneOfItsOwnTries() {
      try (CardSession session = kioskWith(whole);
          PinEntry pin = PinEntry.taking(ascii("0000"))) {
        MynaCard card = recognised(session);
        assertThat(card.attributes(pin)).isEqualTo(new AttributesReading.WrongPin(2));
        assertThat(card.pinTries()).isEqualTo(new PinTries.Left(3));
      }
    }

    @Test
    void terminalThatIsCertifiedNeedsNoPin() throws GeneralSecurityException {
      try (CardSession session = kioskWith(whole)) {
        MynaCard card = recognised(session);
        card.authenticationCertificate();
        var signed = (PinlessProving.Signed) card.prove(TestCards.terminal("READER"), hash());
        assertThat(verifies(signed.signature())).isTrue();
      }
    }

    @Test
    void otherRolesAndOtherCardsNeedThePin() {
      try (CardSession session = kioskWith(whole)) {
        assertThat(recognised(session).prove(TestCards.terminal("INSURER"), hash()))
            .isEqualTo(new PinlessProving.NotAvailable());
        assertThat(recognised(session).prove(PinlessAuthorizer.none(), hash()))
            .isEqualTo(new PinlessProving.NotAvailable());
      }
      try (CardSession session = kioskWith(hanako)) {
        assertThat(recognised(session).prove(TestCards.terminal("READER"), hash()))
            .isEqualTo(new PinlessProving.NotAvailable());
      }
    }
  }

  @Nested
  class OfAPhone {

    private final VirtualCard android =
        TestCards.everything("android", CardForm.ANDROID_PHONE, counters);
    private final VirtualCard iphone = TestCards.everything("iphone", CardForm.IPHONE, counters);

    @Test
    void androidShowsCertificateAndSignatureAfterOnePin() throws GeneralSecurityException {
      try (CardSession session = kioskWith(android);
          PinEntry pin = PinEntry.taking(ascii("1234"))) {
        WatchedSession watched = new WatchedSession(session);
        MynaCard phone = recognised(watched);
        assertThat(phone.kind()).isEqualTo(CardKind.ANDROID_PHONE);
        assertThat(phone.authenticationCertificate())
            .isInstanceOf(CertificateReading.Trouble.class);
        var signed = (PhoneProving.Signed) phone.proveByPhone(Optional.of(pin), hash());
        assertThat(verifies(signed.signature())).isTrue();
        assertThat(signed.certificate().der().toArray()).isEqualTo(TestCards.CERTIFICATE);
        assertThat(watched.steps("verify PIN")).hasSize(1);
      }
    }

    @Test
    void androidAsksForThePinAndCountsItsMistakes() {
      try (CardSession session = kioskWith(android);
          PinEntry pin = PinEntry.taking(ascii("0000"))) {
        MynaCard phone = recognised(session);
        assertThat(phone.proveByPhone(Optional.empty(), hash()))
            .isEqualTo(new PhoneProving.PinNeeded());
        assertThat(phone.proveByPhone(Optional.of(pin), hash()))
            .isEqualTo(new PhoneProving.WrongPin(2));
      }
    }

    @Test
    void iphoneNeedsNoPin() throws GeneralSecurityException {
      try (CardSession session = kioskWith(iphone)) {
        var signed =
            (PhoneProving.Signed) recognised(session).proveByPhone(Optional.empty(), hash());
        assertThat(verifies(signed.signature())).isTrue();
      }
    }

    @Test
    void phoneHasNeitherPortraitNorAttributes() {
      try (CardSession session = kioskWith(iphone);
          PinEntry pin = PinEntry.taking(ascii("1234"))) {
        MynaCard phone = recognised(session);
        assertThat(phone.portrait(Optional::empty, CardIssuers.none()))
            .isEqualTo(new PortraitReading.NoPortrait());
        assertThat(phone.attributes(pin)).isEqualTo(new AttributesReading.NoAttributes());
      }
    }
  }

  @Test
  void swappedCardIsNeverSentThePinOfTheOther() {
    try (CardSession session = kioskWith(hanako)) {
      MynaCard card = recognised(session);
      card.authenticationCertificate();
      FakeSwap swap = new FakeSwap(session);
      MynaCard swapped = recognised(swap);
      swapped.authenticationCertificate();
      swap.swapped = true;
      assertThat(prove(swapped, "9999")).isEqualTo(new Proving.CardGone());
    }
    assertThat(counters.left(HANAKOS_PIN)).isEqualTo(3);
  }

  /** Another certificate from one moment on, as a swap between two looks of a reader gives. */
  private static final class FakeSwap implements CardSession {

    private final CardSession session;
    private boolean swapped;

    private FakeSwap(CardSession session) {
      this.session = session;
    }

    @Override
    public StepResult transmit(CardStep step) {
      StepResult result = session.transmit(step);
      if (swapped && result instanceof StepResult.Accepted(byte[] data, int statusWord)) {
        byte[] other = data.clone();
        if (other.length > 20) {
          other[20] ^= 1;
        }
        return new StepResult.Accepted(other, statusWord);
      }
      return result;
    }

    @Override
    public <R> R exclusively(Supplier<R> section) {
      return session.exclusively(section);
    }

    @Override
    public void close() {
      session.close();
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] hash() {
    try {
      return MessageDigest.getInstance("SHA-256").digest(STATEMENT);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private Proving headlessVisit(VirtualCard card, String pin) {
    VirtualReader reader = virtual.openHeadless(card);
    try (CardSession session = open(readers.reader(reader.name()))) {
      return prove(recognised(session), pin);
    } finally {
      assertThat(virtual.closeHeadless(reader.name())).isTrue();
    }
  }

  private CardSession kioskWith(VirtualCard card) {
    kiosk().insert(card);
    return open(readers.reader("Kiosk"));
  }

  private VirtualReader kiosk() {
    return virtual.reader("Kiosk").orElseThrow();
  }

  private static CardSession open(CardPort port) {
    assertThat(port.awaitInsertion(Duration.ofSeconds(10))).isTrue();
    return ((CardOpening.Opened) port.open()).session();
  }

  private static MynaCard recognised(CardSession session) {
    return ((Recognition.Recognised) MynaCard.recognise(session)).card();
  }

  private void resetByAnotherProgram() {
    try {
      readersFactory(virtual).terminals().getTerminal("Kiosk").connect("*").disconnect(true);
    } catch (CardException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Proving prove(MynaCard card, String digits) {
    try (PinEntry pin = PinEntry.taking(ascii(digits))) {
      return card.prove(pin, hash());
    }
  }

  private static boolean verifies(Proving.Signed signed) throws GeneralSecurityException {
    return verifies(signed.signature());
  }

  private static boolean verifies(byte[] signature) throws GeneralSecurityException {
    Signature verifier = Signature.getInstance("SHA256withRSA");
    verifier.initVerify(TestCards.KEYS.getPublic());
    verifier.update(STATEMENT);
    return verifier.verify(signature);
  }

  private static TerminalFactory readersFactory(VirtualReaders virtual) {
    try {
      return TerminalFactory.getInstance(
          VirtualTerminalProvider.TYPE, virtual, new VirtualTerminalProvider());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Gives every step the same answer. */
  private static final class FakeSession implements CardSession {

    private final int statusWord;
    private byte[] data = {};

    private FakeSession(int statusWord) {
      this.statusWord = statusWord;
    }

    @Override
    public StepResult transmit(CardStep step) {
      return step.accepts(statusWord)
          ? new StepResult.Accepted(data, statusWord)
          : new StepResult.Unexpected(step.name(), statusWord);
    }

    @Override
    public <R> R exclusively(Supplier<R> section) {
      return section.get();
    }

    @Override
    public void close() {}
  }
}
