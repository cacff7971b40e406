package jp.kazashi.simulator.population;

/**
 * A stream of numbers that is a function of where it is drawn: the same seed and place give the
 * same stream on every machine (SplitMix64). Good for people that do not exist, not for secrets.
 */
// The place gives the stream.
@SuppressWarnings("EnumOrdinal")
final class Draw {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final double[] NORMAL = normalQuantiles(4096);

  private long state;

  private Draw(long state) {
    this.state = state;
  }

  static Draw at(long seed, long place, Purpose purpose) {
    return new Draw(mix(mix(seed + GOLDEN) ^ mix(place * GOLDEN + purpose.ordinal() + 1)));
  }

  /** Each has its own stream, so that drawing more for one changes nothing of another. */
  enum Purpose {
    PEOPLE,
    HOUSEHOLDS,
    SURNAME,
    WORK,
    NAME,
    BODY,
    HISTORY
  }

  long next() {
    state += GOLDEN;
    return mix(state);
  }

  /** From 0 to bound - 1. */
  int below(int bound) {
    return (int) (((next() >>> 32) * bound) >>> 32);
  }

  /** Both ends belong to the range. */
  int between(int low, int high) {
    return low + below(high - low + 1);
  }

  /** From 0 up to, not including, 1. */
  double unit() {
    return (next() >>> 11) * 0x1.0p-53;
  }

  boolean chance(double probability) {
    return unit() < probability;
  }

  /** Of the standard normal distribution, within ±3.7. */
  double normal() {
    long bits = next();
    int slot = (int) (bits >>> 52);
    double part = (bits & 0xFFFFFFFFL) * 0x1.0p-32;
    double low = NORMAL[slot];
    return low + part * (NORMAL[slot + 1] - low);
  }

  <T> T of(T[] any) {
    return any[below(any.length)];
  }

  private static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }

  private static double[] normalQuantiles(int slots) {
    double[] quantiles = new double[slots + 1];
    for (int slot = 0; slot <= slots; slot++) {
      double p = Math.clamp(slot / (double) slots, 1e-4, 1 - 1e-4);
      quantiles[slot] = normalQuantile(p);
    }
    return quantiles;
  }

  /** By bisection, once at start: plain is better than clever. */
  private static double normalQuantile(double p) {
    double low = -5;
    double high = 5;
    for (int step = 0; step < 60; step++) {
      double middle = (low + high) / 2;
      if (normalBelow(middle) < p) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  /** Abramowitz and Stegun 26.2.17, good to 7.5e-8. */
  private static double normalBelow(double x) {
    double t = 1 / (1 + 0.2316419 * Math.abs(x));
    double tail =
        StrictMath.exp(-x * x / 2)
            / StrictMath.sqrt(2 * Math.PI)
            * t
            * (0.319381530
                + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
    return x < 0 ? tail : 1 - tail;
  }
}
