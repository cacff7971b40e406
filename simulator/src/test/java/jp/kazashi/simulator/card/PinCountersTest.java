package jp.kazashi.simulator.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PinCountersTest {

  private static final PinReference HANAKO = PinReference.authentication("hanako");
  private static final PinReference TARO = PinReference.authentication("taro");

  @TempDir Path folder;

  @Test
  void mistakesOutliveARestart() {
    Path file = folder.resolve("cards/counters");
    PinCounters before = PinCounters.keptIn(file);
    before.count(HANAKO, () -> false);
    before.set(TARO, 0);

    PinCounters after = PinCounters.keptIn(file);

    assertThat(after.left(HANAKO)).isEqualTo(2);
    assertThat(after.left(TARO)).isZero();
  }

  @Test
  void pinThatWasTypedRightIsAsNew() {
    PinCounters counters = PinCounters.keptIn(folder.resolve("counters"));
    counters.count(HANAKO, () -> false);
    counters.count(HANAKO, () -> true);
    assertThat(PinCounters.keptIn(folder.resolve("counters")).left(HANAKO)).isEqualTo(3);
  }

  @Test
  void blockedPinIsNotEvenCompared() {
    PinCounters counters = PinCounters.inMemory();
    counters.set(HANAKO, 0);
    PinCounters.Trial trial =
        counters.count(
            HANAKO,
            () -> {
              throw new AssertionError("compared");
            });
    assertThat(trial).isEqualTo(new PinCounters.Trial.Blocked());
  }

  @Test
  void oneCardsMistakesAreNotAnothers() {
    PinCounters counters = PinCounters.inMemory();
    counters.count(HANAKO, () -> false);
    assertThat(counters.left(TARO)).isEqualTo(3);
  }

  @Test
  void brokenFileIsToldByItsName() throws Exception {
    Path file = folder.resolve("counters");
    Files.writeString(file, "hanako.authentication=2\nnonsense\n");
    assertThatThrownBy(() -> PinCounters.keptIn(file))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(file.toString());
  }
}
