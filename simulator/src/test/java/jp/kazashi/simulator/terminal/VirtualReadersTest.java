package jp.kazashi.simulator.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import jp.kazashi.simulator.card.TestCards;
import jp.kazashi.simulator.card.VirtualCard;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VirtualReadersTest {

  private final VirtualCard hanako = TestCards.card("hanako");
  private final VirtualReaders readers = new VirtualReaders();

  @AfterEach
  void close() {
    readers.close();
  }

  @Test
  void counterHasAKioskAndAPhoneReader() {
    assertThat(readers.names()).containsExactly("Kiosk", "Phone");
  }

  @Test
  void eachHeadlessReaderIsFreshAndItsNumberIsNotUsedAgain() {
    VirtualReader first = readers.openHeadless(hanako);
    assertThat(readers.closeHeadless(first.name())).isTrue();
    VirtualReader second = readers.openHeadless(hanako);
    assertThat(List.of(first.name(), second.name())).containsExactly("Headless-1", "Headless-2");
    assertThat(readers.names()).containsExactly("Headless-2", "Kiosk", "Phone");
  }

  @Test
  void headlessReaderThatNobodyClosedGoesWithItsCardWhenItsTimeIsOver() {
    AtomicLong time = new AtomicLong();
    try (VirtualReaders timed = new VirtualReaders(time::get)) {
      VirtualReader forgotten = timed.openHeadless(hanako);
      time.addAndGet(Duration.ofMinutes(9).toNanos());
      timed.openHeadless(hanako);
      assertThat(timed.names()).contains("Headless-1", "Headless-2");

      time.addAndGet(Duration.ofMinutes(2).toNanos());
      timed.openHeadless(hanako);

      assertThat(timed.names()).containsExactly("Headless-2", "Headless-3", "Kiosk", "Phone");
      assertThat(forgotten.card()).isEmpty();
    }
  }

  @Test
  void readerOnTheCounterIsNotClosed() {
    assertThat(readers.closeHeadless("Kiosk")).isFalse();
    assertThat(readers.closeHeadless("Headless-9")).isFalse();
  }

  @Test
  void swapCountsAsTwoChanges() {
    VirtualReader kiosk = readers.reader("Kiosk").orElseThrow();
    kiosk.insert(hanako);
    assertThat(kiosk.presence()).isEqualTo(new Presence(true, 1));
    kiosk.insert(TestCards.card("taro"));
    assertThat(kiosk.card()).hasValue("taro");
    kiosk.change(2, Duration.ofSeconds(10)).join();
    assertThat(kiosk.presence()).isEqualTo(new Presence(true, 3));
  }

  @Test
  void readerIsEmptyForAMomentInASwap() {
    VirtualReader kiosk = readers.reader("Kiosk").orElseThrow();
    kiosk.insert(hanako);
    kiosk.insert(TestCards.card("taro"));
    assertThat(kiosk.presence()).isEqualTo(new Presence(false, 2));
    assertThat(kiosk.remove()).isTrue();
    assertThat(kiosk.card()).isEmpty();
  }

  @Test
  void removingNothingIsNoChange() {
    VirtualReader kiosk = readers.reader("Kiosk").orElseThrow();
    assertThat(kiosk.remove()).isFalse();
    assertThat(kiosk.presence()).isEqualTo(new Presence(false, 0));
  }

  @Test
  void listenersHearOfEachChange() {
    List<String> heard = new ArrayList<>();
    readers.onChange(reader -> heard.add(reader.name() + " " + reader.card().orElse("-")));
    VirtualReader kiosk = readers.reader("Kiosk").orElseThrow();
    kiosk.insert(hanako);
    kiosk.remove();
    assertThat(heard).containsExactly("Kiosk hanako", "Kiosk -");
  }
}
