package jp.kazashi.simulator.terminal;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import javax.smartcardio.Card;
import javax.smartcardio.CardException;
import javax.smartcardio.CardNotPresentException;
import javax.smartcardio.CardTerminal;
import javax.smartcardio.CardTerminals;
import javax.smartcardio.CommandAPDU;
import javax.smartcardio.TerminalFactory;
import jp.kazashi.simulator.card.CardContents;
import jp.kazashi.simulator.card.TestCards;
import jp.kazashi.simulator.card.VirtualCard;
import org.junit.jupiter.api.Test;

/** What {@code javax.smartcardio} promises of a reader, near or far. */
interface TerminalContract {

  byte[] SELECT_JPKI = HexFormat.of().parseHex("00A4040C0AD392F000260100000001");
  byte[] SELECT_PIN = HexFormat.of().parseHex("00A4020C020018");
  VirtualCard HANAKO = TestCards.card("hanako");
  VirtualCard TARO = TestCards.card("taro");

  VirtualReaders readers();

  TerminalFactory factory() throws Exception;

  @Test
  default void readersAreListedByName() throws Exception {
    readers().openHeadless(HANAKO);
    assertThat(factory().terminals().list())
        .extracting(CardTerminal::getName)
        .containsExactly("Headless-1", "Kiosk", "Phone");
  }

  @Test
  default void typeCannotBeTakenForRealReaders() throws Exception {
    assertThat(factory().getType()).isEqualTo("KazashiVirtual");
    assertThat(factory().getProvider().getServices())
        .extracting(service -> service.getType() + "." + service.getAlgorithm())
        .containsExactly("TerminalFactory.KazashiVirtual");
  }

  @Test
  default void cardAnswersThroughBothFormsOfTransmit() throws Exception {
    kiosk().insert(HANAKO);
    Card card = terminal("Kiosk").connect("*");
    assertThat(card.getATR().getBytes()).isEqualTo(CardContents.syntheticAtr());
    assertThat(card.getProtocol()).isEqualTo("T=1");

    ByteBuffer response = ByteBuffer.allocate(258);
    assertThat(card.getBasicChannel().transmit(ByteBuffer.wrap(SELECT_JPKI.clone()), response))
        .isEqualTo(2);
    assertThat(response.getShort(0)).isEqualTo((short) 0x9000);
    assertThat(status(card, new CommandAPDU(0x00, 0xA4, 0x02, 0x0C, new byte[] {0, 6})))
        .isEqualTo(0x9000);
    assertThat(card.getBasicChannel().transmit(new CommandAPDU(0, 0xB0, 0, 0, 65_536)).getData())
        .hasSize(160);
  }

  @Test
  default void emptyReaderHasNoCardToConnect() throws Exception {
    CardTerminal terminal = terminal("Kiosk");
    assertThat(terminal.isCardPresent()).isFalse();
    assertThatThrownBy(() -> terminal.connect("*")).isInstanceOf(CardNotPresentException.class);
  }

  @Test
  default void protocolOfOtherCardsIsNotSpoken() throws Exception {
    kiosk().insert(HANAKO);
    CardTerminal terminal = terminal("Kiosk");
    assertThatThrownBy(() -> terminal.connect("T=0")).isInstanceOf(CardException.class);
  }

  @Test
  default void insertionEndsAWait() throws Exception {
    CardTerminal terminal = terminal("Kiosk");
    var waiting = inAnotherThread(() -> terminal.waitForCardPresent(0));
    kiosk().insert(HANAKO);
    assertThat(waiting.get(10, SECONDS)).isTrue();
  }

  @Test
  default void removalEndsAWait() throws Exception {
    kiosk().insert(HANAKO);
    CardTerminal terminal = terminal("Kiosk");
    var waiting = inAnotherThread(() -> terminal.waitForCardAbsent(0));
    kiosk().remove();
    assertThat(waiting.get(10, SECONDS)).isTrue();
  }

  @Test
  default void waitThatSeesNothingEndsAtItsLimit() throws Exception {
    assertThat(terminal("Kiosk").waitForCardPresent(1)).isFalse();
    kiosk().insert(HANAKO);
    assertThat(terminal("Kiosk").waitForCardAbsent(1)).isFalse();
    assertThat(factory().terminals().waitForChange(1)).isFalse();
  }

  @Test
  default void changesSinceTheLastWaitAreNotMissed() throws Exception {
    CardTerminals terminals = factory().terminals();
    terminals.waitForChange(1);
    kiosk().insert(HANAKO);
    assertThat(terminals.waitForChange(0)).isTrue();
    assertThat(terminals.list(CardTerminals.State.CARD_INSERTION))
        .extracting(CardTerminal::getName)
        .containsExactly("Kiosk");
    assertThat(terminals.list(CardTerminals.State.CARD_REMOVAL)).isEmpty();
    kiosk().remove();
    assertThat(terminals.waitForChange(0)).isTrue();
    assertThat(terminals.list(CardTerminals.State.CARD_REMOVAL))
        .extracting(CardTerminal::getName)
        .containsExactly("Kiosk");
  }

  @Test
  default void connectionDiesWithItsCardEvenWhenTheSameCardComesBack() throws Exception {
    kiosk().insert(HANAKO);
    Card card = terminal("Kiosk").connect("*");
    kiosk().remove();
    kiosk().insert(HANAKO);
    assertThatThrownBy(() -> status(card, new CommandAPDU(SELECT_JPKI)))
        .isInstanceOf(CardException.class)
        .hasMessageContaining("SCARD_W_REMOVED_CARD");
    card.disconnect(true);
  }

  @Test
  default void swapIsARemoval() throws Exception {
    kiosk().insert(HANAKO);
    Card card = terminal("Kiosk").connect("*");
    kiosk().insert(TARO);
    assertThatThrownBy(card::beginExclusive).hasMessageContaining("SCARD_W_REMOVED_CARD");
  }

  @Test
  default void resetByOneProgramIsToldToTheOther() throws Exception {
    kiosk().insert(HANAKO);
    Card ours = terminal("Kiosk").connect("*");
    Card theirs = terminal("Kiosk").connect("*");
    theirs.disconnect(true);
    assertThatThrownBy(() -> status(ours, new CommandAPDU(SELECT_JPKI)))
        .hasMessageContaining("SCARD_W_RESET_CARD");
    assertThat(status(terminal("Kiosk").connect("*"), new CommandAPDU(SELECT_JPKI)))
        .isEqualTo(0x9000);
  }

  @Test
  default void exclusiveProgramIsNotDisturbed() throws Exception {
    kiosk().insert(HANAKO);
    Card ours = terminal("Kiosk").connect("*");
    Card theirs = terminal("Kiosk").connect("*");
    ours.beginExclusive();
    var selecting = inAnotherThread(() -> status(theirs, new CommandAPDU(SELECT_JPKI)));
    assertThat(status(ours, new CommandAPDU(SELECT_PIN))).isEqualTo(0x6A82);
    assertThat(selecting).isNotDone();
    ours.endExclusive();
    assertThat(selecting.get(10, SECONDS)).isEqualTo(0x9000);
  }

  @Test
  default void waitingForATurnEndsWithTheCard() throws Exception {
    kiosk().insert(HANAKO);
    Card ours = terminal("Kiosk").connect("*");
    Card theirs = terminal("Kiosk").connect("*");
    ours.beginExclusive();
    var waiting =
        inAnotherThread(() -> {
          theirs.beginExclusive();
          return "begun";
        });
    kiosk().remove();
    assertThat(waiting)
        .failsWithin(10, SECONDS)
        .withThrowableThat()
        .withMessageContaining("SCARD_W_REMOVED_CARD");
  }

  @Test
  default void closedReaderIsUnknown() throws Exception {
    String name = readers().openHeadless(HANAKO).name();
    CardTerminal terminal = terminal(name);
    assertThat(readers().closeHeadless(name)).isTrue();
    assertThatThrownBy(terminal::isCardPresent).hasMessageContaining("SCARD_E_UNKNOWN_READER");
    assertThatThrownBy(() -> terminal.connect("*")).isInstanceOf(CardException.class);
  }

  @Test
  default void disconnectedCardIsClosed() throws Exception {
    kiosk().insert(HANAKO);
    Card card = terminal("Kiosk").connect("*");
    card.disconnect(false);
    assertThatThrownBy(card::getBasicChannel).isInstanceOf(IllegalStateException.class);
  }

  private VirtualReader kiosk() {
    return readers().reader("Kiosk").orElseThrow();
  }

  private CardTerminal terminal(String name) throws Exception {
    return factory().terminals().getTerminal(name);
  }

  private static int status(Card card, CommandAPDU command) throws CardException {
    return card.getBasicChannel().transmit(command).getSW();
  }

  private static <T> CompletableFuture<T> inAnotherThread(Callable<T> work) {
    CompletableFuture<T> outcome = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            outcome.complete(work.call());
          } catch (Exception e) {
            outcome.completeExceptionally(e);
          }
        });
    return outcome;
  }
}
