package jp.kazashi.jpki.holder;

import static jp.kazashi.jpki.TestJpki.TOKYO;
import static jp.kazashi.jpki.TestJpki.lastSecond;
import static jp.kazashi.jpki.holder.CertificatePhase.ENDED;
import static jp.kazashi.jpki.holder.CertificatePhase.EXPIRING_SOON;
import static jp.kazashi.jpki.holder.CertificatePhase.GRACE;
import static jp.kazashi.jpki.holder.CertificatePhase.NORMAL;
import static jp.kazashi.jpki.holder.ExpiryPolicy.Anchor.END_OF_EXPIRY_MONTH;
import static jp.kazashi.jpki.holder.ExpiryPolicy.Anchor.EXPIRY_DATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.util.List;
import jp.kazashi.jpki.holder.ExpiryPolicy.Anchor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** AC-02 to AC-06: every boundary to the second, on both sides. */
class ExpiryPolicyTest {
  private static final String DATES =
      """
      # last day,   last day of grace from it, from its month's end
      2027-02-17,   2027-05-17,               2027-05-31
      2026-11-30,   2027-02-28,               2027-02-28
      2027-11-30,   2028-02-29,               2028-02-29
      2027-05-31,   2027-08-31,               2027-08-31
      2028-02-29,   2028-05-29,               2028-05-31
      2027-02-28,   2027-05-28,               2027-05-31
      2026-12-31,   2027-03-31,               2027-03-31
      2026-12-01,   2027-03-01,               2027-03-31
      """;

  @ParameterizedTest
  @CsvSource(textBlock = DATES)
  void graceEndsThreeCalendarMonthsAfterTheExpiryDate(
      LocalDate lastDay, LocalDate lastDayOfGrace, LocalDate ignored) {
    assertPhasesAroundTheEnd(ExpiryPolicy.threeMonths(EXPIRY_DATE), lastDay, lastDayOfGrace);
  }

  @ParameterizedTest
  @CsvSource(textBlock = DATES)
  void graceEndsThreeCalendarMonthsAfterTheExpiryMonth(
      LocalDate lastDay, LocalDate ignored, LocalDate lastDayOfGrace) {
    assertPhasesAroundTheEnd(
        ExpiryPolicy.threeMonths(END_OF_EXPIRY_MONTH), lastDay, lastDayOfGrace);
  }

  @ParameterizedTest
  @CsvSource({
    "2027-02-17, 2026-11-17",
    "2026-11-30, 2026-08-30",
    "2027-05-31, 2027-02-28",
    "2028-05-31, 2028-02-29",
    "2028-02-29, 2027-11-29"
  })
  void theAlertBeginsThreeCalendarMonthsBeforeTheEndWhateverTheAnchor(
      LocalDate lastDay, LocalDate alert) {
    for (Anchor anchor : Anchor.values()) {
      ExpiryPolicy policy = ExpiryPolicy.threeMonths(anchor);
      Instant ends = lastSecond(lastDay);
      assertThat(policy.phase(ends, lastSecond(alert).minusSeconds(1))).isEqualTo(NORMAL);
      assertThat(policy.phase(ends, lastSecond(alert))).isEqualTo(EXPIRING_SOON);
      assertThat(policy.phase(ends, lastSecond(alert.minusDays(1)))).isEqualTo(NORMAL);
    }
  }

  @Test
  void theLastSecondIsValidToItsEnd() {
    ExpiryPolicy policy = ExpiryPolicy.threeMonths(EXPIRY_DATE);
    Instant ends = lastSecond(LocalDate.of(2027, 2, 17));
    assertThat(policy.phase(ends, ends.plusMillis(999))).isEqualTo(EXPIRING_SOON);
    assertThat(policy.phase(ends, ends.plusMillis(1000))).isEqualTo(GRACE);
  }

  @Test
  void withoutGraceTheEndIsTheEnd() {
    Instant ends = lastSecond(LocalDate.of(2027, 2, 17));
    assertThat(ExpiryPolicy.withoutGrace().phase(ends, ends)).isEqualTo(EXPIRING_SOON);
    assertThat(ExpiryPolicy.withoutGrace().phase(ends, ends.plusSeconds(1))).isEqualTo(ENDED);
  }

  @Test
  void anEndAtAnotherTimeOfDayCountsFromThatTime() {
    Instant ends = LocalDateTime.of(2027, 2, 17, 12, 0, 0).atZone(TOKYO).toInstant();
    Instant graceEnds = LocalDateTime.of(2027, 5, 17, 12, 0, 1).atZone(TOKYO).toInstant();
    assertThat(ExpiryPolicy.threeMonths(EXPIRY_DATE).endOfGrace(ends)).isEqualTo(graceEnds);
  }

  @Test
  void monthsAreThoseOfJapan() {
    // 15:00 UTC on 28 February is 1 March in Japan.
    Instant ends = Instant.parse("2027-02-28T15:00:00Z");
    assertThat(ExpiryPolicy.threeMonths(END_OF_EXPIRY_MONTH).endOfGrace(ends))
        .isEqualTo(LocalDate.of(2027, 7, 1).atStartOfDay(TOKYO).toInstant());
  }

  @Test
  void graceNeverOutlastsTheCalendar() {
    for (Period endless : List.of(Period.ofYears(999_999_999), Period.ofDays(Integer.MAX_VALUE))) {
      assertThatThrownBy(() -> new ExpiryPolicy(EXPIRY_DATE, endless))
          .isInstanceOf(IllegalArgumentException.class);
    }
    Instant latest = Instant.parse("9999-12-31T23:59:59Z");
    assertThat(new ExpiryPolicy(EXPIRY_DATE, Period.ofYears(100)).phase(latest, latest))
        .isEqualTo(EXPIRING_SOON);
  }

  @Test
  void graceIsNeverNegative() {
    assertThatThrownBy(() -> new ExpiryPolicy(EXPIRY_DATE, Period.ofDays(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void assertPhasesAroundTheEnd(
      ExpiryPolicy policy, LocalDate lastDay, LocalDate lastDayOfGrace) {
    Instant ends = lastSecond(lastDay);
    Instant graceEnds = lastSecond(lastDayOfGrace);
    assertThat(policy.phase(ends, ends)).isEqualTo(EXPIRING_SOON);
    assertThat(policy.phase(ends, ends.plusSeconds(1))).isEqualTo(GRACE);
    assertThat(policy.phase(ends, graceEnds)).isEqualTo(GRACE);
    assertThat(policy.phase(ends, graceEnds.plusSeconds(1))).isEqualTo(ENDED);
    assertThat(policy.endOfGrace(ends)).isEqualTo(graceEnds.plusSeconds(1));
  }
}
