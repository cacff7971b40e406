package jp.kazashi.simulator.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultScriptTest {

  private static final String SELECT = "00A4040C0AD392F000260100000001";
  private static final String READ_LABEL = "00B0860010";
  private static final String ASK_TRIES = "00200098";
  private static final String WRONG_PIN = "002000980439393939";

  private final List<String> happened = new ArrayList<>();
  private final PinCounters counters = PinCounters.inMemory();

  private final CardSlot slot =
      new CardSlot() {
        @Override
        public void eject() {
          happened.add("eject");
        }

        @Override
        public void resetByAnother() {
          happened.add("reset");
        }
      };

  @Test
  void shortReadGivesLessAndSaysAllIsWell() {
    assertThat(answers("read short 3", SELECT, READ_LABEL)).isEqualTo("4A504B" + "9000");
  }

  @Test
  void longReadGivesMoreThanThereIs() {
    assertThat(answers("read long 2", SELECT, READ_LABEL)).hasSize(2 * (16 + 2 + 2));
  }

  @Test
  void lieStandsInPlaceOfTheFirstBytes() {
    assertThat(answers("read lie FFFF", SELECT, READ_LABEL)).startsWith("FFFF4B49");
  }

  @Test
  void lyingCounterSaysOtherTriesThanThereAre() {
    assertThat(answers("ask-tries tries 9", SELECT, ASK_TRIES)).isEqualTo("63C9");
  }

  @Test
  void wrongStatusWordIsAnsweredAfterTheCommandWasDone() {
    assertThat(answers("verify answer 9000", SELECT, WRONG_PIN)).isEqualTo("9000");
    assertThat(counters.left(PinReference.authentication("hanako"))).isEqualTo(2);
  }

  @Test
  void rawAnswerNeedsNotBeAResponse() {
    assertThat(answers("select raw 90", SELECT)).isEqualTo("90");
    assertThat(answers("select raw", SELECT)).isEmpty();
  }

  @Test
  void removalComesBeforeOrAfterTheCommandIsDone() {
    answers("verify remove", SELECT, WRONG_PIN);
    assertThat(counters.left(PinReference.authentication("hanako"))).isEqualTo(3);
    answers("verify remove-late", SELECT, WRONG_PIN);
    assertThat(counters.left(PinReference.authentication("hanako"))).isEqualTo(2);
    assertThat(happened).containsExactly("eject", "eject");
  }

  @Test
  void numberMeansTheNthOfItsKindAfterInsertion() {
    assertThat(answers("ask-tries#2 reset", SELECT, ASK_TRIES)).isEqualTo("63C3");
    assertThat(happened).isEmpty();
    answers("ask-tries#2 reset", SELECT, ASK_TRIES, ASK_TRIES, ASK_TRIES);
    assertThat(happened).containsExactly("reset");
  }

  @Test
  void firstLineThatFitsCounts() {
    CardInsertion card = card(FaultScript.of("read answer 6F00", "any answer 6F01"));
    assertThat(send(card, SELECT)).isEqualTo("6F01");
    assertThat(send(card, READ_LABEL)).isEqualTo("6F00");
  }

  @Test
  void slowCardAnswersLater() {
    List<Duration> pauses = new ArrayList<>();
    CardInsertion card =
        TestCards.card("hanako")
            .disturbed(FaultScript.of("select slow 900"))
            .pausing(pauses::add)
            .insert(slot);
    assertThat(send(card, SELECT)).isEqualTo("9000");
    assertThat(pauses).containsExactly(Duration.ofMillis(900));
  }

  @Test
  void muteCardAnswersNobodyUntilItLeaves() throws Exception {
    CardInsertion card = card(FaultScript.of("select mute"));
    CompletableFuture<String> answer = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> answer.complete(send(card, SELECT)));
    assertThat(answer).isNotDone();
    card.leave();
    assertThat(answer.get(10, TimeUnit.SECONDS)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sign",
        "dance remove",
        "sign explode",
        "sign#x remove",
        "sign#-1 remove",
        "read short",
        "read short ten",
        "read long 70000",
        "sign answer 90",
        "sign tries 16",
        "read lie ABC",
        "sign remove now please"
      })
  void lineThatIsNoFaultIsToldAsItStands(String line) {
    assertThatThrownBy(() -> FaultScript.of(line))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + line + "'")
        .hasMessageContaining("sign#1 remove");
  }

  private String answers(String script, String... commands) {
    CardInsertion card = card(FaultScript.of(script));
    String last = "";
    for (String command : commands) {
      last = send(card, command);
    }
    return last;
  }

  private CardInsertion card(FaultScript script) {
    return TestCards.card("hanako", counters).disturbed(script).insert(slot);
  }

  private static String send(CardInsertion card, String command) {
    return HexFormat.of()
        .withUpperCase()
        .formatHex(card.transmit(HexFormat.of().parseHex(command)));
  }
}
