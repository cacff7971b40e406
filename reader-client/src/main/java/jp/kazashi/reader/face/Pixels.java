package jp.kazashi.reader.face;

import java.util.Arrays;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.core.MatOfInt;
import org.opencv.core.Rect;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.imgproc.Imgproc;

/**
 * An image in memory of its own, outside Java's heap, where nothing moves it and leaves copies
 * behind. Closing wipes it.
 */
public final class Pixels implements AutoCloseable {

  private final Mat bgr;

  Pixels(Mat bgr) {
    this.bgr = bgr;
  }

  /** What came of decoding one. */
  public sealed interface Decoding {
    record Decoded(Pixels pixels) implements Decoding {}

    record Refused(FaceReason reason) implements Decoding {}
  }

  /** A JPEG or PNG image of this terminal's own operator; its header was judged before. */
  static Decoding decoded(byte[] file) {
    MatOfByte packed = new MatOfByte(file);
    try {
      Mat bgr = Imgcodecs.imdecode(packed, Imgcodecs.IMREAD_COLOR);
      if (bgr.empty()) {
        return new Decoding.Refused(FaceReason.NOT_DECODED);
      }
      return new Decoding.Decoded(new Pixels(bgr));
    } finally {
      wipe(packed);
    }
  }

  /** Points as a decoder gave them, row by row; grey or blue, green and red. Wipes the array. */
  static Pixels of(int width, int height, int channels, byte[] points) {
    Mat raw = new Mat(height, width, channels == 1 ? CvType.CV_8UC1 : CvType.CV_8UC3);
    raw.put(0, 0, points);
    Arrays.fill(points, (byte) 0);
    if (channels != 1) {
      return new Pixels(raw);
    }
    Mat bgr = new Mat();
    Imgproc.cvtColor(raw, bgr, Imgproc.COLOR_GRAY2BGR);
    wipe(raw);
    return new Pixels(bgr);
  }

  Mat bgr() {
    return bgr;
  }

  public int width() {
    return bgr.cols();
  }

  public int height() {
    return bgr.rows();
  }

  /** At most as wide and as high; the caller's to close. */
  Pixels shrunkTo(int width, int height) {
    double factor = Math.min(1, Math.min((double) width / width(), (double) height / height()));
    Mat small = new Mat();
    Imgproc.resize(bgr, small, new Size(), factor, factor, Imgproc.INTER_AREA);
    return new Pixels(small);
  }

  /** The caller's to close. */
  Pixels stretchedTo(int width, int height) {
    double factor = Math.min((double) width / width(), (double) height / height());
    Mat all = new Mat(height, width, bgr.type(), Scalar.all(128));
    Mat inner = all.submat(new Rect(0, 0, (int) (factor * width()), (int) (factor * height())));
    Imgproc.resize(bgr, inner, inner.size(), 0, 0, Imgproc.INTER_CUBIC);
    inner.release();
    return new Pixels(all);
  }

  /** The middle half of it, made as large as fits; the caller's to close. */
  Pixels middle(int width, int height) {
    Mat inner = bgr.submat(new Rect(width() / 4, height() / 4, width() / 2, height() / 2));
    double factor = Math.min((double) width / inner.cols(), (double) height / inner.rows());
    Mat large = new Mat();
    Imgproc.resize(
        inner,
        large,
        new Size(),
        factor,
        factor,
        factor < 1 ? Imgproc.INTER_AREA : Imgproc.INTER_CUBIC);
    inner.release();
    return new Pixels(large);
  }

  /** By a quarter; the caller's to close. */
  Pixels turned(boolean clockwise) {
    Mat turned = new Mat();
    Core.rotate(
        bgr, turned, clockwise ? Core.ROTATE_90_CLOCKWISE : Core.ROTATE_90_COUNTERCLOCKWISE);
    return new Pixels(turned);
  }

  /** From 0 to 255. */
  double brightness() {
    Scalar mean = Core.mean(bgr);
    return 0.114 * mean.val[0] + 0.587 * mean.val[1] + 0.299 * mean.val[2];
  }

  /** As a JPEG image, for a screen of this machine. */
  byte[] jpeg() {
    MatOfByte packed = new MatOfByte();
    MatOfInt quality = new MatOfInt(Imgcodecs.IMWRITE_JPEG_QUALITY, 80);
    try {
      Imgcodecs.imencode(".jpg", bgr, packed, quality);
      return packed.toArray();
    } finally {
      quality.release();
      wipe(packed);
    }
  }

  boolean isWiped() {
    return bgr.empty();
  }

  @Override
  public void close() {
    wipe(bgr);
  }

  static void wipe(Mat mat) {
    if (!mat.empty()) {
      // What it returns is one more name for the same memory, which would keep it.
      mat.setTo(Scalar.all(0)).release();
    }
    mat.release();
  }
}
