package jp.kazashi.reader.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import jp.kazashi.reader.card.CardOpening;
import jp.kazashi.reader.card.CardSession;
import jp.kazashi.reader.card.pcsc.ImpatientReaders;
import jp.kazashi.reader.myna.TestCards;
import jp.kazashi.simulator.card.CardForm;
import jp.kazashi.simulator.card.FaultScript;
import jp.kazashi.simulator.card.PinCounters;
import jp.kazashi.simulator.card.PinReference;
import jp.kazashi.simulator.card.VirtualCard;
import jp.kazashi.simulator.terminal.VirtualReaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class CardTellingTest {

  private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");

  private final PinCounters counters = PinCounters.inMemory();
  private final VirtualReaders virtual = new VirtualReaders();

  @AfterEach
  void close() {
    virtual.close();
  }

  @Test
  void cardIsToldWithCertificateAndTriesAndCostsNone() throws Fault {
    CardTelling telling = tell(TestCards.everything("hanako", counters), NOW);
    assertThat(telling.isUsable()).isTrue();
    assertThat(telling.lines())
        .containsExactly(
            "Card         My Number card (マイナンバーカード)",
            "Certificate  ends 2031-01-01 23:59:59 JST, phase NORMAL; as the card says, not"
                + " verified",
            "PIN          3 tries left (none was used)");
    assertThat(counters.left(PinReference.authentication("hanako"))).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({
    "2030-10-02T00:00:00Z, EXPIRING_SOON",
    "2031-02-01T00:00:00Z, GRACE",
    "2031-04-02T00:00:00Z, ENDED"
  })
  void phaseIsThatOfTheTime(Instant at, String phase) throws Fault {
    assertThat(tell(TestCards.everything("hanako", counters), at).lines().get(1))
        .contains("phase " + phase);
  }

  @Test
  void blockedPinIsToldWithWhoUnblocksIt() throws Fault {
    counters.set(PinReference.authentication("hanako"), 0);
    assertThat(tell(TestCards.card("hanako", counters), NOW).lines().getLast())
        .contains("blocked")
        .contains("municipality");
  }

  @Test
  void androidPhoneShowsNoCertificateAndIphoneNoPin() throws Fault {
    assertThat(tell(TestCards.everything("android", CardForm.ANDROID_PHONE, counters), NOW).lines())
        .contains("Certificate  shown by this phone only after its PIN");
    assertThat(tell(TestCards.everything("iphone", CardForm.IPHONE, counters), NOW).lines())
        .hasSize(2);
  }

  @Test
  void oldCardIsNotUsable() throws Fault {
    assertThat(
            tell(TestCards.everything("old", CardForm.OLD_RESIDENT_CARD, counters), NOW).isUsable())
        .isFalse();
  }

  @Test
  void cardTakenAwayIsAFaultWithTheNextStep() {
    VirtualCard leaving =
        TestCards.card("hanako", counters).disturbed(FaultScript.of("any#5 remove"));
    assertThatThrownBy(() -> tell(leaving, NOW))
        .isInstanceOf(Fault.class)
        .hasMessageContaining("Put it back");
  }

  /** Whatever this machine has or has not. */
  @Test
  void selfTestLooksAtEverythingAndTellsARemedyForWhatIsWrong() {
    StringWriter out = new StringWriter();
    int exit =
        new CommandLine(new SelfTestCommand(() -> NOW, System::nanoTime))
            .setOut(new PrintWriter(out, true))
            .execute("--reader", "No such reader");
    assertThat(exit).isEqualTo(1);
    assertThat(out.toString().lines().map(line -> line.substring(0, line.indexOf(' '))))
        .filteredOn(what -> !what.equals("certificates"))
        .containsExactly(
            "line",
            "gateway",
            "clock",
            "service",
            "reader",
            "camera",
            "face",
            "store",
            "exchange",
            "card");
    assertThat(out.toString().lines().filter(line -> line.contains(" FAULT ")))
        .anySatisfy(line -> assertThat(line).startsWith("reader").contains("No such reader"))
        .allSatisfy(line -> assertThat(line).endsWith(line.strip()).hasSizeGreaterThan(30));
  }

  private CardTelling tell(VirtualCard card, Instant at) throws Fault {
    virtual.reader("Kiosk").orElseThrow().insert(card);
    var opened =
        (CardOpening.Opened)
            ImpatientReaders.of(virtual, Duration.ofSeconds(5)).reader("Kiosk").open();
    try (CardSession session = opened.session()) {
      return CardTelling.of(session, at);
    } finally {
      virtual.reader("Kiosk").orElseThrow().remove();
    }
  }
}
