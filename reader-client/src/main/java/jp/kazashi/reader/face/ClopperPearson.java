package jp.kazashi.reader.face;

/**
 * What a count of errors says about a rate at most, with a stated confidence (Clopper and Pearson
 * 1934). It supposes that trials do not depend on each other; pairs that share a person do, a
 * little.
 */
final class ClopperPearson {

  private ClopperPearson() {}

  /**
   * The highest rate with which so few errors still happen in one of 1 / (1 − confidence) cases.
   */
  static double upper(int errors, int trials, double confidence) {
    if (errors < 0 || trials < 1 || errors > trials) {
      throw new IllegalArgumentException("Errors are counted among trials.");
    }
    if (errors == trials) {
      return 1;
    }
    double low = (double) errors / trials;
    double high = 1;
    for (int i = 0; i < 200; i++) {
      double rate = (low + high) / 2;
      if (atMost(errors, trials, rate) > 1 - confidence) {
        low = rate;
      } else {
        high = rate;
      }
    }
    return high;
  }

  /** The probability of no more errors than these, if the rate is this. */
  private static double atMost(int errors, int trials, double rate) {
    double logged = trials * Math.log1p(-rate);
    double odds = Math.log(rate) - Math.log1p(-rate);
    double sum = Math.exp(logged);
    for (int k = 1; k <= errors; k++) {
      logged += Math.log((double) trials - k + 1) - Math.log(k) + odds;
      sum += Math.exp(logged);
    }
    return sum;
  }
}
