package jp.kazashi.qualification.proof;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A health insurance card of before 2 December 2024, when the last ones were issued.
 *
 * @param validTo the date printed on it, null when it has none
 * @param changedOn the day from which another qualification held (job change, move), null when none
 *     came
 */
public record OldCard(
    Payer payer, LocalDate issuedOn, @Nullable LocalDate validTo, @Nullable LocalDate changedOn) {
  /** New cards ended on this day (S3). */
  public static final LocalDate NO_NEW_CARDS_FROM = LocalDate.of(2024, 12, 2);

  /** However long a card says, it ends a year after the last were issued. */
  private static final LocalDate LATEST = LocalDate.of(2025, 12, 1);

  /** Cards of 国民健康保険 and 後期高齢者医療 of August 2024 hold for their year. */
  private static final LocalDate LATEST_OF_MUNICIPALITIES = LocalDate.of(2025, 7, 31);

  public enum Payer {
    /** 国保. */
    MUNICIPALITY,
    /** 後期高齢者医療. */
    ELDERLY,
    /** 被用者保険. */
    EMPLOYEES
  }

  public OldCard {
    if (!issuedOn.isBefore(NO_NEW_CARDS_FROM)) {
      throw new IllegalArgumentException("No card was issued from 2 December 2024 on");
    }
  }

  /** The last day on which it is accepted (AC-23). */
  public LocalDate lastDay() {
    LocalDate last =
        switch (payer) {
          case EMPLOYEES -> LATEST;
          case MUNICIPALITY, ELDERLY -> LATEST_OF_MUNICIPALITIES;
        };
    if (validTo != null && validTo.isBefore(last)) {
      last = validTo;
    }
    // The documents draw a change on 1 April 2025 with the old card good on that day, not the next.
    return changedOn != null && changedOn.isBefore(last) ? changedOn : last;
  }

  public boolean acceptedOn(LocalDate date) {
    return !date.isBefore(issuedOn) && !date.isAfter(lastDay());
  }
}
