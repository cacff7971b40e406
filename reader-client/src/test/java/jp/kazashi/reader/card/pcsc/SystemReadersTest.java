package jp.kazashi.reader.card.pcsc;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import jp.kazashi.reader.card.CardOpening;
import jp.kazashi.reader.card.CardPort;
import jp.kazashi.reader.card.CardSession;
import jp.kazashi.reader.card.CardStep;
import jp.kazashi.reader.card.StepResult;
import jp.kazashi.reader.myna.CertificateReading;
import jp.kazashi.reader.myna.MynaCard;
import jp.kazashi.reader.myna.PinEntry;
import jp.kazashi.reader.myna.PinTries;
import jp.kazashi.reader.myna.Proving;
import jp.kazashi.reader.myna.Recognition;
import jp.kazashi.reader.myna.TestCards;
import jp.kazashi.simulator.card.PinCounters;
import jp.kazashi.simulator.card.VirtualCard;
import jp.kazashi.simulator.terminal.VpcdFront;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The behaviours of pcscd and of the Java platform that break naive readers (facts: card and JPKI,
 * §2.4), against the real service. Each sentence ends with its number there.
 */
class SystemReadersTest {

  private static final Duration LONG = Duration.ofSeconds(20);
  private static final byte[] HASH = new byte[32];

  @TempDir static Path folder;

  private final VirtualCard hanako = TestCards.everything("hanako", PinCounters.inMemory());
  private final PcscReaders readers = PcscReaders.system();
  private final CardPort reader = readers.reader(Pcscd.READER);
  private final Pcscd pcscd;

  SystemReadersTest() throws Exception {
    pcscd = Pcscd.prepare(folder, "opensc-tool");
  }

  @BeforeEach
  void nothingRunsYet() {
    assertThat(PcscReaders.survivesRestartOfTheService()).isTrue();
  }

  @AfterEach
  void stop() throws Exception {
    pcscd.close();
  }

  @Test
  void restartOfTheServiceIsSurvivedWhileWaitingForACard_1_16() throws Exception {
    pcscd.start();
    Future<Boolean> waiting = inAnotherThread(() -> reader.awaitInsertion(LONG));
    pcscd.stop();
    pcscd.start();
    pcscd.offer(hanako);
    assertThat(waiting.get(30, SECONDS)).isTrue();
    assertThat(provesOnce()).isInstanceOf(Proving.Signed.class);
  }

  @Test
  void restartOfTheServiceInTheMiddleOfASessionIsATroubleAndTheNextSessionIsWell_1() {
    pcscd.start();
    pcscd.offer(hanako);
    CardSession session = opened();
    pcscd.stop();
    assertThat(MynaCard.recognise(session)).isInstanceOf(Recognition.Trouble.class);
    assertThat(reader.isCardPresent()).isFalse();
    pcscd.start();
    session.close();
    assertThat(provesOnce()).isInstanceOf(Proving.Signed.class);
  }

  @Test
  void serviceIsRestartedAgainAndAgain_1() {
    for (int n = 0; n < 3; n++) {
      pcscd.start();
      VpcdFront card = pcscd.offer(hanako);
      assertThat(provesOnce()).isInstanceOf(Proving.Signed.class);
      card.close();
      pcscd.stop();
      assertThat(reader.open()).isInstanceOf(CardOpening.ReaderTrouble.class);
    }
  }

  @Test
  void absentServiceIsFoundOnceItIsThere_2() throws Exception {
    assertThat(reader.open()).isInstanceOf(CardOpening.ReaderTrouble.class);
    assertThat(readers.names()).isEmpty();
    Future<Boolean> waiting = inAnotherThread(() -> reader.awaitInsertion(LONG));
    pcscd.start();
    pcscd.offer(hanako);
    assertThat(waiting.get(30, SECONDS)).isTrue();
    assertThat(readers.names()).contains(Pcscd.READER, Pcscd.SECOND_READER);
  }

  @Test
  void serviceWithoutReadersIsATroubleThatSaysSo_3() {
    pcscd.startWithoutReaders();
    assertThat(readers.names()).isEmpty();
    assertThat(reader.isCardPresent()).isFalse();
    assertThat(reader.open()).isInstanceOf(CardOpening.ReaderTrouble.class);
    assertThat(readers.firstReader().open()).isInstanceOf(CardOpening.ReaderTrouble.class);
  }

  @Test
  void cardInsertedBeforeTheFirstWaitIsSeen_4() {
    pcscd.start();
    Until.isTrue("the reader is listed", () -> readers.names().contains(Pcscd.READER));
    pcscd.offer(hanako);
    assertThat(reader.awaitInsertion(LONG)).isTrue();
  }

  /** So quick a swap the service itself does not notice: nothing but the certificate tells. */
  @Test
  void swappedCardGetsNoPinOfTheOther_5() {
    pcscd.start();
    VpcdFront first = pcscd.offer(hanako);
    VirtualCard stranger = TestCards.stranger("taro");
    VpcdFront second;
    try (CardSession session = opened()) {
      MynaCard card = recognised(session);
      assertThat(card.authenticationCertificate()).isInstanceOf(CertificateReading.Read.class);
      first.close();
      second = pcscd.offer(stranger);
      Until.isTrue("the other card is there", () -> reader.isCardPresent());
      assertThat(prove(card, "9999")).isNotInstanceOf(Proving.WrongPin.class);
    }
    // On the other reader: where the first card's reset failed, this version of the service may
    // take the reader for empty from then on.
    second.close();
    pcscd.offer(stranger, 1);
    try (CardSession session = opened(readers.reader(Pcscd.SECOND_READER))) {
      assertThat(recognised(session).pinTries()).isEqualTo(new PinTries.Left(3));
    }
  }

  @Test
  void resetByAnotherProgramIsOvercomeBetweenTwoSections_6() throws Exception {
    pcscd.start();
    pcscd.offer(hanako);
    try (CardSession session = opened()) {
      MynaCard card = recognised(session);
      new Program(folder).succeed("opensc-tool", "--reset", "--name");
      assertThat(card.pinTries()).isEqualTo(new PinTries.Left(3));
      new Program(folder).succeed("opensc-tool", "--reset", "--name");
      assertThat(prove(card)).isInstanceOf(Proving.Signed.class);
    }
  }

  @Test
  void removedCardIsGoneForItsSession_7() {
    pcscd.start();
    VpcdFront front = pcscd.offer(hanako);
    try (CardSession session = opened()) {
      MynaCard card = recognised(session);
      front.close();
      assertThat(reader.awaitRemoval(LONG)).isTrue();
      assertThat(card.authenticationCertificate()).isEqualTo(new CertificateReading.CardGone());
      assertThat(prove(card)).isEqualTo(new Proving.CardGone());
    }
    assertThat(reader.open()).isEqualTo(new CardOpening.NoCard());
  }

  /** It listens on every address and asks nobody who they are: not a moment longer than needed. */
  @Test
  void virtualReaderListensAsLongAsItsServiceAndItIsTheServer_9_10() {
    assertThat(pcscd.isReachable()).isFalse();
    pcscd.start();
    pcscd.offer(hanako);
    assertThat(provesOnce()).isInstanceOf(Proving.Signed.class);
    pcscd.stop();
    assertThat(pcscd.isReachable()).isFalse();
  }

  /** An option that this version does not know, such as --disable-polkit, would end it at once. */
  @Test
  void serviceIsStartedWithOptionsThatEveryVersionKnows_11() throws Exception {
    String help = new Program(folder).run("/usr/sbin/pcscd", "--help").text();
    assertThat(pcscd.options()).allSatisfy(option -> assertThat(help).contains(option));
  }

  @Test
  void otherProgramsWaitUntilASectionHasEnded_8() throws Exception {
    pcscd.start();
    pcscd.offer(hanako);
    try (CardSession session = opened()) {
      Process other =
          session.exclusively(() -> {
            Process waiting = start();
            // Ours goes on undisturbed while the other one asks for the card.
            for (int n = 0; n < 50; n++) {
              assertThat(recognised(session)).isNotNull();
            }
            assertThat(waiting.isAlive()).isTrue();
            return waiting;
          });
      assertThat(other.waitFor(30, SECONDS)).isTrue();
      assertThat(other.exitValue()).isZero();
    }
  }

  @Test
  void wholeFileIsReadThroughTheServiceAndNothingStaysVerified_8_14() {
    pcscd.start();
    pcscd.offer(hanako);
    try (CardSession session = opened()) {
      MynaCard card = recognised(session);
      var reading = (CertificateReading.Read) card.authenticationCertificate();
      assertThat(reading.certificate().der().toArray()).isEqualTo(TestCards.CERTIFICATE);
      assertThat(prove(card)).isInstanceOf(Proving.Signed.class);
    }
    try (CardSession session = opened()) {
      assertThat(
              session.transmit(
                  new CardStep(
                      "sign unasked", HexFormat.of().parseHex("802A009701AA00"), Set.of(0x9000))))
          .isInstanceOf(StepResult.Unexpected.class);
    }
  }

  @Test
  void counterOutlivesRemoval_15() {
    pcscd.start();
    VpcdFront first = pcscd.offer(hanako);
    try (CardSession session = opened()) {
      assertThat(prove(recognised(session), "9999")).isEqualTo(new Proving.WrongPin(2));
    }
    first.close();
    assertThat(reader.awaitRemoval(LONG)).isTrue();
    pcscd.offer(hanako);
    try (CardSession session = opened()) {
      assertThat(recognised(session).pinTries()).isEqualTo(new PinTries.Left(2));
    }
  }

  @Test
  void twoReadersServeTwoCardsAtOnce() throws Exception {
    pcscd.start();
    pcscd.offer(hanako, 0);
    pcscd.offer(TestCards.card("taro"), 1);
    CardPort second = readers.reader(Pcscd.SECOND_READER);
    Future<Proving> other = inAnotherThread(() -> provesOnce(second));
    assertThat(provesOnce()).isInstanceOf(Proving.Signed.class);
    assertThat(other.get(30, SECONDS)).isInstanceOf(Proving.Signed.class);
  }

  private Proving provesOnce() {
    return provesOnce(reader);
  }

  private static Proving provesOnce(CardPort port) {
    try (CardSession session = opened(port)) {
      return prove(recognised(session));
    }
  }

  private CardSession opened() {
    return opened(reader);
  }

  private static CardSession opened(CardPort port) {
    assertThat(port.awaitInsertion(LONG)).isTrue();
    return ((CardOpening.Opened) port.open()).session();
  }

  private static MynaCard recognised(CardSession session) {
    return ((Recognition.Recognised) MynaCard.recognise(session)).card();
  }

  private static Proving prove(MynaCard card) {
    return prove(card, "1234");
  }

  private static Proving prove(MynaCard card, String digits) {
    try (PinEntry pin = PinEntry.taking(digits.getBytes(StandardCharsets.US_ASCII))) {
      return card.prove(pin, HASH);
    }
  }

  private static Process start() {
    try {
      return new Program(folder).start("opensc-tool", "--name");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T> Future<T> inAnotherThread(Supplier<T> work) {
    CompletableFuture<T> outcome = new CompletableFuture<>();
    Thread.ofPlatform()
        .start(() -> {
          try {
            outcome.complete(work.get());
          } catch (RuntimeException | AssertionError e) {
            outcome.completeExceptionally(e);
          }
        });
    return outcome;
  }
}
