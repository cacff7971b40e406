package jp.kazashi.qualification.medical;

import java.time.LocalDate;
import java.time.YearMonth;

/** What comes out of claims appears on a day of a later month (B8, AC-18). */
public record PublishGate(int months, int day) {
  /** Drugs of a month: from the 11th of the next. */
  public static PublishGate drugs() {
    return new PublishGate(1, 11);
  }

  /** 医療費 of a month: from the 11th of the month after the next; no costs are kept here. */
  public static PublishGate cost() {
    return new PublishGate(2, 11);
  }

  public LocalDate opensOn(YearMonth claimMonth) {
    return claimMonth.plusMonths(months).atDay(day);
  }

  public boolean open(YearMonth claimMonth, LocalDate today) {
    return !today.isBefore(opensOn(claimMonth));
  }
}
