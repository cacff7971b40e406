package jp.kazashi.reader.face;

import java.util.Arrays;

/**
 * How often comparisons of one person fail and how often those of two succeed, at every threshold.
 * What could not be compared counts as a comparison that failed.
 */
public final class Roc {

  private static final float NEVER = -2;

  private final float[] genuine;
  private final float[] impostor;

  /**
   * Takes both lists as they are given.
   *
   * @param genuine likenesses of one person with themselves
   * @param impostor likenesses of two persons
   */
  public Roc(float[] genuine, float[] impostor) {
    if (genuine.length == 0 || impostor.length == 0) {
      throw new IllegalArgumentException("Comparisons of both kinds are needed.");
    }
    this.genuine = genuine.clone();
    this.impostor = impostor.clone();
    Arrays.sort(this.genuine);
    Arrays.sort(this.impostor);
  }

  /** The likeness of what could not be compared. */
  public static float never() {
    return NEVER;
  }

  public int genuine() {
    return genuine.length;
  }

  public int impostors() {
    return impostor.length;
  }

  /** How many comparisons of two persons succeed at this threshold. */
  public int falseMatches(double threshold) {
    return impostor.length - below(impostor, threshold);
  }

  /** How many comparisons of one person fail at this threshold. */
  public int falseNonMatches(double threshold) {
    return below(genuine, threshold);
  }

  public double fmr(double threshold) {
    return (double) falseMatches(threshold) / impostor.length;
  }

  public double fnmr(double threshold) {
    return (double) falseNonMatches(threshold) / genuine.length;
  }

  /** The lowest threshold at which no more than that many comparisons of two persons succeed. */
  public double thresholdFor(int falseMatches) {
    if (falseMatches >= impostor.length) {
      return -1;
    }
    return Math.nextUp(impostor[impostor.length - 1 - falseMatches]);
  }

  /** The lowest threshold with at most this rate of false matches among those compared. */
  public double thresholdAt(double fmr) {
    return thresholdFor((int) Math.floor(fmr * impostor.length));
  }

  /** Where both kinds of error are equally frequent. */
  public double equalErrorRate() {
    double low = -1;
    double high = 1;
    for (int i = 0; i < 60; i++) {
      double middle = (low + high) / 2;
      if (fmr(middle) > fnmr(middle)) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (fmr(high) + fnmr(high)) / 2;
  }

  private static int below(float[] sorted, double threshold) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < threshold) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
