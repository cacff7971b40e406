package jp.kazashi.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorldClockTest {
  private static final Instant REAL = Instant.parse("2026-11-21T03:00:00Z");

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    // 21 November 12:00 in Tokyo.
    "2026-11-21T03:00:00Z, +P3M,      2027-02-21T03:00:00Z",
    "2026-11-21T03:00:00Z, -P1D,      2026-11-20T03:00:00Z",
    "2026-11-21T03:00:00Z, +PT2H,     2026-11-21T05:00:00Z",
    "2026-11-21T03:00:00Z, +P1M2DT3H, 2026-12-23T06:00:00Z",
    // 31 August 00:30 in Tokyo is still the 30th in Greenwich: the calendar is Tokyo's.
    "2026-08-30T15:30:00Z, +P1M,      2026-09-29T15:30:00Z",
    "2027-01-30T15:30:00Z, +P1M,      2027-02-27T15:30:00Z",
    "2028-02-28T15:00:00Z, +P1Y,      2029-02-27T15:00:00Z",
    "2026-05-31T03:00:00Z, -P3M,      2026-02-28T03:00:00Z",
  })
  void aStepIsACalendarStepInTokyoAndEndsWithAShorterMonth(
      Instant world, String step, Instant then) {
    assertThat(ClockChange.parse(step).from(world, REAL)).isEqualTo(then);
  }

  @Test
  void anInstantMayBeWrittenInAnyOffset() {
    assertThat(ClockChange.parse("2026-12-01T09:00:00+09:00").from(REAL, REAL))
        .isEqualTo(Instant.parse("2026-12-01T00:00:00Z"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "tomorrow", "P3M", "+", "+P", "+PT", "+3M", "2026-12-01", "Reset"})
  void whatIsNoTimeIsRefusedWithWhatIs(String text) {
    assertThatThrownBy(() -> ClockChange.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("+P3M");
  }

  @Test
  void stepsAddUpAndResetLeadsBackToRealTime() throws Exception {
    WorldClock clock = clock();
    clock.change(ClockChange.parse("+P1M"));
    clock.change(ClockChange.parse("+P1M"));
    assertThat(clock.instant()).isEqualTo(Instant.parse("2027-01-21T03:00:00Z"));

    clock.change(ClockChange.parse("reset"));
    assertThat(clock.instant()).isEqualTo(REAL);
    assertThat(clock.offsetMillis()).isZero();
  }

  @Test
  void theClockGoesBackwardToo() throws Exception {
    WorldClock clock = clock();
    clock.change(ClockChange.parse("2020-01-01T00:00:00Z"));
    assertThat(clock.instant()).isEqualTo(Instant.parse("2020-01-01T00:00:00Z"));
  }

  @Test
  void theOffsetSurvivesARestart() throws Exception {
    clock().change(ClockChange.parse("+P3M"));
    assertThat(clock().instant()).isEqualTo(Instant.parse("2027-02-21T03:00:00Z"));
  }

  @Test
  void aTimeNoCertificateCanHoldIsRefusedAndNothingMoves() {
    WorldClock clock = clock();
    assertThatThrownBy(() -> clock.change(ClockChange.parse("+P9000Y")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(clock.instant()).isEqualTo(REAL);
  }

  @Test
  void aDamagedClockFileIsSaidWithTheNextStep() throws Exception {
    Files.writeString(folder.resolve("clock.json"), "{\"offsetMil");
    assertThatThrownBy(this::clock)
        .isInstanceOf(WorldTrouble.class)
        .hasMessageContaining("delete it");
  }

  private WorldClock clock() {
    return new WorldClock(InstantSource.fixed(REAL), folder.resolve("clock.json"));
  }
}
