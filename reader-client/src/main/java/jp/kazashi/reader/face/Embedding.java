package jp.kazashi.reader.face;

import java.util.List;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;

/**
 * A face as a direction of length one. It is about a body and stays outside Java's heap; closing
 * wipes it.
 */
public final class Embedding implements AutoCloseable {

  private final Mat unit;

  Embedding(Mat unit) {
    this.unit = unit;
  }

  /** The cosine of the angle between both: 1 for the same, about 0 for strangers. */
  public double likeness(Embedding other) {
    return unit.dot(other.unit);
  }

  /** The mean direction; the caller's to close. */
  public static Embedding fused(List<Embedding> several) {
    if (several.isEmpty()) {
      throw new IllegalArgumentException("Something is fused.");
    }
    Mat sum = new Mat(1, several.getFirst().unit.cols(), CvType.CV_32F, Scalar.all(0));
    several.forEach(one -> Core.add(sum, one.unit, sum));
    Core.normalize(sum, sum);
    return new Embedding(sum);
  }

  Mat unit() {
    return unit;
  }

  boolean isFinite() {
    return !unit.empty() && Core.checkRange(unit) && Core.norm(unit) > 0.99;
  }

  boolean isWiped() {
    return unit.empty();
  }

  @Override
  public void close() {
    Pixels.wipe(unit);
  }

  @Override
  public String toString() {
    return "Embedding[…]";
  }
}
