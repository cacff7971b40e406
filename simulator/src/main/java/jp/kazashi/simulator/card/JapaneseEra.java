package jp.kazashi.simulator.card;

import java.time.LocalDate;
import java.time.chrono.JapaneseDate;
import java.time.temporal.ChronoField;

/** Years as a card counts them. */
final class JapaneseEra {

  private JapaneseEra() {}

  /** Two digits, without the era: 昭和53 and 平成53 would look alike. */
  static String yearOf(LocalDate day) {
    return "%02d".formatted(JapaneseDate.from(day).get(ChronoField.YEAR_OF_ERA));
  }
}
