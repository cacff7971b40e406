package jp.kazashi.load;

import java.util.Arrays;

/** Times of many calls in nanoseconds, kept one by one: percentiles are exact. */
public final class Latencies {
  private long[] nanos = new long[1 << 14];
  private int count;

  public void add(long taken) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    nanos[count++] = taken;
  }

  public void addAll(Latencies others) {
    for (int i = 0; i < others.count; i++) {
      add(others.nanos[i]);
    }
  }

  public int count() {
    return count;
  }

  /** The smallest time that this share of all calls did not exceed (nearest rank), in ms. */
  public double percentileMillis(double percent) {
    if (count == 0) {
      return Double.NaN;
    }
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    int rank = (int) Math.ceil(percent / 100 * count);
    return sorted[Math.max(rank, 1) - 1] / 1e6;
  }
}
