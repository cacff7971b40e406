package jp.kazashi.simulator.population;

/**
 * What is known of the real population, as far as the made-up one follows it. Every table names its
 * source; {@code docs/population.md} says what was left out and what was only estimated.
 */
final class Japan {
  private Japan() {}

  /** Groups of five years, 0-4 to 95-99, then 100 and over. */
  static final int AGE_GROUPS = 21;

  /** Thousands by age group. Population Census of 1 October 2020, without those of unknown age. */
  static final double[] PEOPLE = {
    4516, 5089, 5351, 5617, 5931, 6032, 6485, 7312, 8291, 9650, 8540, 7767, 7297, 8075, 9012, 6931,
    5298, 3669, 1776, 490, 79
  };

  /** Share of women by age group. Same census, rounded to half a point. */
  static final double[] WOMEN = {
    .488, .488, .488, .488, .490, .488, .490, .492, .492, .494, .497, .500, .507, .515, .528, .553,
    .580, .634, .711, .800, .878
  };

  /** Deaths a year of 1,000, by age group. Vital Statistics 2020, rounded. */
  static final double[] DEATHS = {
    0.5, 0.1, 0.1, 0.2, 0.4, 0.4, 0.5, 0.6, 0.9, 1.4, 2.3, 3.7, 6.0, 9.7, 15.5, 26, 48, 90, 165,
    275, 420
  };

  /**
   * On one day of October, outpatients of 100,000 by age: 0, 1-4, 5-9, … 85-89, 90 and over.
   * Patient Survey 2005, table 9 (the newest whose whole table is at hand); men, then women.
   */
  static final double[] MEN_OUT = {
    6744, 6723, 4228, 2502, 1765, 1751, 1989, 2134, 2488, 2897, 3148, 3829, 4913, 6566, 8558, 11885,
    13456, 13560, 12295, 10246
  };

  static final double[] WOMEN_OUT = {
    5787, 6220, 3822, 2271, 2060, 2906, 3446, 3722, 3768, 4147, 4193, 5140, 6146, 8158, 10112,
    13659, 14515, 13723, 11435, 8453
  };

  /** All ages: 2020, over 2005. Patient Survey 2020 (5,658) and 2005 (5,551). */
  static final double OUT_2020_OF_2005 = 5658.0 / 5551.0;

  /** Days a year on which a patient of a survey day would be seen: the survey asks on weekdays. */
  static final int DAYS_OPEN = 250;

  /**
   * Of Japan's visits, the share that leaves records here. All of them would be about 14 visits and
   * 40 records a person and year; the product is sized for twelve.
   */
  static final double VISITS_KEPT = 0.22;

  /**
   * Members in thousands at the end of fiscal 2021: 協会けんぽ, 健保組合, 共済組合, 国保 (市町村 and 組合), 後期高齢者.
   * Ministry of Health, Labour and Welfare; Japan Statistical Yearbook 75, table 23-9.
   */
  static final double[] MEMBERS = {40265, 28382, 8690, 28050, 18434};

  /** On welfare (生活保護) of 1,000. Survey on Public Assistance, fiscal 2021. */
  static final double ON_WELFARE = 16.3;

  /** People of the eight regions, percent. Census 2020. */
  static final double[] REGIONS = {4.1, 6.8, 34.7, 16.8, 17.7, 5.7, 2.9, 11.3};

  /** Moves between municipalities a year of 1,000. Report on Internal Migration 2021: 5.2 M. */
  static final double MOVES = 42;

  /** Changes of job a year of 1,000 employees. Survey on Employment Trends 2021: 離職率 13.9 %. */
  static final double JOB_CHANGES = 139;

  /** Of people aged 40 to 74, examined in a year. 特定健診 of fiscal 2021: 56.5 %. */
  static final double EXAMINED = 0.565;

  /** The same from 75. 後期高齢者健診 of fiscal 2021: about a quarter. */
  static final double EXAMINED_LATER = 0.25;

  /** On dialysis of 1,000. Society for Dialysis Therapy, end of 2021: 349,700. */
  static final double DIALYSIS = 2.8;

  /** Names with a character that systems of today cannot show (●), of 1,000: facts of 2024. */
  static final double RARE_NAMES = 44;

  /** Protected from disclosure (不開示該当) of 100,000: estimated. */
  static final double UNDISCLOSED = 60;

  /** No use of own data (自己情報提供不可) of 100,000: estimated. */
  static final double PROVISION_BARRED = 8;

  private static final double[][] VISITS_A_YEAR = visits();

  /** Visits a year that leave records. */
  static double visits(boolean woman, int age) {
    return VISITS_A_YEAR[woman ? 1 : 0][Math.min(age, 110)];
  }

  private static double[][] visits() {
    double[][] table = new double[2][111];
    for (int age = 0; age <= 110; age++) {
      int group = age == 0 ? 0 : age < 5 ? 1 : Math.min(age / 5 + 1, MEN_OUT.length - 1);
      double scale = OUT_2020_OF_2005 * DAYS_OPEN / 100_000 * VISITS_KEPT;
      table[0][age] = MEN_OUT[group] * scale;
      table[1][age] = WOMEN_OUT[group] * scale;
    }
    return table;
  }
}
