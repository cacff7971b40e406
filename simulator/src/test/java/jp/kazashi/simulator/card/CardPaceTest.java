package jp.kazashi.simulator.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class CardPaceTest {

  private static final String SELECT = "00A4040C0AD392F000260100000001";
  private static final String PIN = "002000980431323334";
  private static final String SIGN = "802A009701AA00";

  private final List<Duration> taken = new ArrayList<>();

  @Test
  void commandTakesItsTimeAndEveryByteOfBothWaysItsOwn() {
    send(CardPace.AT_424, SELECT);
    // 15 bytes there, 2 back.
    assertThat(taken).containsExactly(Duration.ofNanos(8_000_000 + 17 * 30_000));
  }

  @Test
  void slowerLineTakesLongerForTheSameBytes() {
    send(CardPace.AT_106, SELECT);
    assertThat(taken).containsExactly(Duration.ofNanos(8_000_000 + 17 * 100_000));
  }

  @Test
  void signatureTakesItsTimeOnTopAndARefusedOneDoesNot() {
    send(CardPace.AT_424, SELECT, SIGN, PIN, SIGN);
    assertThat(taken.get(1)).isLessThan(Duration.ofMillis(10));
    assertThat(taken.get(3)).isGreaterThan(Duration.ofMillis(358));
  }

  @Test
  void instantCardDoesNotPause() {
    send(CardPace.INSTANT, SELECT);
    assertThat(taken).isEmpty();
  }

  @Test
  void paceIsChosenByName() {
    assertThat(CardPace.named("424")).isEqualTo(CardPace.AT_424);
    assertThat(CardPace.named("106")).isEqualTo(CardPace.AT_106);
    assertThat(CardPace.named("Instant")).isEqualTo(CardPace.INSTANT);
    assertThatThrownBy(() -> CardPace.named("fast")).hasMessageContaining("424");
  }

  private void send(CardPace pace, String... commands) {
    CardInsertion card = TestCards.card("hanako").paced(pace).pausing(taken::add).insert();
    for (String command : commands) {
      card.transmit(HexFormat.of().parseHex(command));
    }
  }
}
