package jp.kazashi.gateway.desk;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * How many of those who could used their card (J3): of all patients, of those who hold a card, and
 * of those who also registered it. In percent with one decimal.
 */
public record Uptake(BigDecimal ofPatients, BigDecimal ofHolders, BigDecimal ofRegistered) {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  /**
   * From a month's counts and the two published percentages.
   *
   * @param users who used a card
   * @param patients who were patients at all
   * @param holding percent of people who hold a card
   * @param registered percent of holders who registered it for use
   */
  public static Uptake of(
      BigDecimal users, BigDecimal patients, BigDecimal holding, BigDecimal registered) {
    if (users.signum() < 0
        || patients.signum() <= 0
        || !isPercent(holding)
        || !isPercent(registered)) {
      throw new IllegalArgumentException("Counts are not negative, rates between 0 and 100");
    }
    BigDecimal holders = patients.multiply(holding).divide(HUNDRED, MathContext.DECIMAL128);
    BigDecimal ready = holders.multiply(registered).divide(HUNDRED, MathContext.DECIMAL128);
    return new Uptake(percent(users, patients), percent(users, holders), percent(users, ready));
  }

  private static boolean isPercent(BigDecimal rate) {
    return rate.signum() > 0 && rate.compareTo(HUNDRED) <= 0;
  }

  private static BigDecimal percent(BigDecimal part, BigDecimal whole) {
    return part.multiply(HUNDRED).divide(whole, 1, RoundingMode.HALF_UP);
  }
}
