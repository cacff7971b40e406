package jp.kazashi.simulator.population;

import java.util.Arrays;

/** Draws a place in a list by the weights of its places. */
final class Weights {
  private final double[] upTo;

  private Weights(double[] upTo) {
    this.upTo = upTo;
  }

  static Weights of(double... weights) {
    double[] upTo = new double[weights.length];
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i];
      upTo[i] = sum;
    }
    return new Weights(upTo);
  }

  int draw(Draw draw) {
    return at(draw.unit());
  }

  /** The place of a number from 0 up to 1. */
  int at(double unit) {
    int found = Arrays.binarySearch(upTo, unit * total());
    return Math.min(found >= 0 ? found + 1 : -found - 1, upTo.length - 1);
  }

  double total() {
    return upTo[upTo.length - 1];
  }

  double share(int place) {
    return (upTo[place] - (place == 0 ? 0 : upTo[place - 1])) / total();
  }

  int size() {
    return upTo.length;
  }
}
