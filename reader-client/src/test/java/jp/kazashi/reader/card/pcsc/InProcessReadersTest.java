package jp.kazashi.reader.card.pcsc;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import javax.smartcardio.CardTerminals;
import javax.smartcardio.TerminalFactory;
import jp.kazashi.reader.card.CardOpening;
import jp.kazashi.reader.card.CardPort;
import jp.kazashi.reader.card.CardSession;
import jp.kazashi.reader.myna.CertificateReading;
import jp.kazashi.reader.myna.MynaCard;
import jp.kazashi.reader.myna.Recognition;
import jp.kazashi.reader.myna.TestCards;
import jp.kazashi.simulator.card.VirtualCard;
import jp.kazashi.simulator.terminal.VirtualReader;
import jp.kazashi.simulator.terminal.VirtualReaders;
import jp.kazashi.simulator.terminal.VirtualTerminalProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The behaviours that break naive readers, against the provider in this JVM, behind a service that
 * the test can break. Each sentence ends with its number in docs/hardware.md.
 */
@Timeout(60)
class InProcessReadersTest {

  private static final Duration LONG = Duration.ofSeconds(20);

  private final VirtualReaders virtual = new VirtualReaders();
  private final VirtualReader kiosk = virtual.reader("Kiosk").orElseThrow();
  private final VirtualCard hanako = TestCards.card("hanako");
  private final BreakableService service = new BreakableService(terminals(virtual));
  private final CardPort reader =
      new PcscCardPort(new TerminalOwner(service, "Kiosk", Duration.ofSeconds(5)));

  @AfterEach
  void close() {
    virtual.close();
  }

  @Test
  void serviceThatWasRestartedIsFoundThroughANewConnection_1() throws Exception {
    Future<Boolean> waiting = inAnotherThread(() -> reader.awaitInsertion(LONG));
    service.stop();
    assertThat(reader.open()).isInstanceOf(CardOpening.ReaderTrouble.class);
    service.start();
    kiosk.insert(hanako);

    assertThat(waiting.get(30, SECONDS)).isTrue();
    assertThat(isRecognised()).isTrue();
  }

  @Test
  void serviceIsRestartedAgainAndAgain_1() {
    kiosk.insert(hanako);
    for (int n = 0; n < 3; n++) {
      assertThat(isRecognised()).isTrue();
      service.stop();
      assertThat(reader.open()).isInstanceOf(CardOpening.ReaderTrouble.class);
      assertThat(reader.isCardPresent()).isFalse();
      service.start();
      assertThat(reader.awaitInsertion(LONG)).isTrue();
    }
  }

  @Test
  void serviceAbsentAtTheStartIsFoundOnceItIsThere_2() throws Exception {
    service.stop();
    assertThat(reader.open()).isInstanceOf(CardOpening.ReaderTrouble.class);
    Future<Boolean> waiting = inAnotherThread(() -> reader.awaitInsertion(LONG));
    service.start();
    kiosk.insert(hanako);

    assertThat(waiting.get(30, SECONDS)).isTrue();
    assertThat(isRecognised()).isTrue();
  }

  @Test
  void serviceWithoutReadersIsATroubleInWordsAndAWaitOutlivesIt_3() throws Exception {
    service.setReaders(false);
    assertThat(reader.open())
        .isInstanceOfSatisfying(
            CardOpening.ReaderTrouble.class, trouble -> assertThat(trouble.what()).isNotBlank());
    assertThat(reader.isCardPresent()).isFalse();
    Future<Boolean> waiting = inAnotherThread(() -> reader.awaitInsertion(LONG));
    kiosk.insert(hanako);
    service.setReaders(true);

    assertThat(waiting.get(30, SECONDS)).isTrue();
  }

  @Test
  void cardInsertedBeforeTheFirstWaitIsSeen_4() {
    kiosk.insert(hanako);

    assertThat(reader.awaitInsertion(LONG)).isTrue();
  }

  @Test
  void readerThatComesLaterIsFoundByAWaitThatHadBegunBefore_4() throws Exception {
    CardPort later = new PcscCardPort(new TerminalOwner(service, "Headless-1", LONG));
    Future<Boolean> waiting = inAnotherThread(() -> later.awaitInsertion(LONG));
    virtual.openHeadless(hanako);

    assertThat(waiting.get(30, SECONDS)).isTrue();
  }

  @Test
  void cardSwappedBetweenTwoLooksIsAnotherCard_5() {
    kiosk.insert(hanako);
    try (CardSession session = opened()) {
      MynaCard card = ((Recognition.Recognised) MynaCard.recognise(session)).card();
      kiosk.remove();
      kiosk.insert(TestCards.stranger("taro"));

      assertThat(reader.isCardPresent()).isTrue();
      assertThat(card.authenticationCertificate()).isInstanceOf(CertificateReading.CardGone.class);
    }
  }

  @Test
  void swapDuringAWaitForRemovalIsARemoval_5() throws Exception {
    kiosk.insert(hanako);
    Future<Boolean> waiting = inAnotherThread(() -> reader.awaitRemoval(LONG));
    Until.isTrue("the wait has begun", reader::isCardPresent);
    kiosk.insert(TestCards.stranger("taro"));

    assertThat(waiting.get(30, SECONDS)).isTrue();
  }

  @Test
  void removedCardIsGoneForItsSessionAndClosingItHarmsNobody_7() {
    kiosk.insert(hanako);
    CardSession session = opened();
    kiosk.remove();

    assertThat(MynaCard.recognise(session)).isInstanceOf(Recognition.CardGone.class);
    assertThat(reader.open()).isInstanceOf(CardOpening.NoCard.class);
    session.close();
    kiosk.insert(hanako);
    assertThat(MynaCard.recognise(session)).isInstanceOf(Recognition.CardGone.class);
    assertThat(isRecognised()).isTrue();
  }

  @Test
  void driverThatBreaksIsATroubleAndAWaitOutlivesIt() throws Exception {
    Future<Boolean> waiting = inAnotherThread(() -> reader.awaitInsertion(LONG));
    service.setDriverBreaks(true);
    kiosk.insert(hanako);
    assertThat(reader.isCardPresent()).isFalse();
    assertThat(reader.open())
        .isInstanceOfSatisfying(
            CardOpening.ReaderTrouble.class,
            trouble -> assertThat(trouble.what()).isEqualTo("a driver's own"));
    service.setDriverBreaks(false);

    assertThat(waiting.get(30, SECONDS)).isTrue();
    assertThat(isRecognised()).isTrue();
  }

  private CardSession opened() {
    return ((CardOpening.Opened) reader.open()).session();
  }

  private boolean isRecognised() {
    try (CardSession session = opened()) {
      return MynaCard.recognise(session) instanceof Recognition.Recognised;
    }
  }

  private static CardTerminals terminals(VirtualReaders virtual) {
    try {
      return TerminalFactory.getInstance(
              VirtualTerminalProvider.TYPE, virtual, new VirtualTerminalProvider())
          .terminals();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static <T> Future<T> inAnotherThread(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, task -> Thread.ofPlatform().start(task));
  }
}
