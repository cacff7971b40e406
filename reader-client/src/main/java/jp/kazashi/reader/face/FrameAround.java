package jp.kazashi.reader.face;

import org.opencv.core.Mat;
import org.opencv.core.Rect;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/**
 * Looks for the edges of a sheet or a screen: long straight lines beside, above and below a face.
 * Doors and windows have them too, so they are a reason to ask for more and not to refuse anybody.
 */
final class FrameAround {

  /** So wide a face is made, whatever the camera. */
  private static final double FACE = 96;

  /** How far from its middle is looked, in sizes of the face. */
  private static final double AROUND = 2.5;

  /** How long a line is at least, in widths of the face. */
  private static final double LEAST = 1.1;

  private static final double LONGEST_GAP = 8;
  private static final int VOTES = 50;
  private static final double WEAK_EDGE = 40;
  private static final double STRONG_EDGE = 120;

  /** Some seven degrees. */
  private static final double ASLANT = 0.12;

  /** Where the outline of the face itself is surely over, from its middle. */
  private static final double BESIDE = 0.60;

  private FrameAround() {}

  /** On how many of its four sides a face has such a line. */
  static int sides(Pixels image, FoundFace face) {
    Rect part = around(image, face);
    double factor = FACE / face.width();
    Mat inner = image.bgr().submat(part);
    Mat small = new Mat();
    Mat edges = new Mat();
    Mat lines = new Mat();
    try {
      Imgproc.resize(inner, small, new Size(), factor, factor, Imgproc.INTER_AREA);
      Imgproc.cvtColor(small, edges, Imgproc.COLOR_BGR2GRAY);
      Imgproc.GaussianBlur(edges, edges, new Size(3, 3), 0);
      Imgproc.Canny(edges, edges, WEAK_EDGE, STRONG_EDGE);
      Imgproc.HoughLinesP(edges, lines, 1, Math.PI / 180, VOTES, LEAST * FACE, LONGEST_GAP);
      return Integer.bitCount(
          sides(
              lines,
              factor * (face.centreX() - part.x),
              factor * (face.centreY() - part.y),
              FACE,
              factor * face.height()));
    } finally {
      inner.release();
      Pixels.wipe(small);
      Pixels.wipe(edges);
      Pixels.wipe(lines);
    }
  }

  private static Rect around(Pixels image, FoundFace face) {
    int left = (int) Math.clamp(face.centreX() - AROUND * face.width(), 0, image.width() - 1);
    int top = (int) Math.clamp(face.centreY() - AROUND * face.height(), 0, image.height() - 1);
    int right = (int) Math.clamp(face.centreX() + AROUND * face.width(), left + 1.0, image.width());
    int bottom =
        (int) Math.clamp(face.centreY() + AROUND * face.height(), top + 1.0, image.height());
    return new Rect(left, top, right - left, bottom - top);
  }

  private static int sides(Mat lines, double x, double y, double width, double height) {
    int sides = 0;
    int[] ends = new int[4];
    for (int row = 0; row < lines.rows(); row++) {
      lines.get(row, 0, ends);
      sides |= side(ends[0] - x, ends[1] - y, ends[2] - x, ends[3] - y, width, height);
      // The other way round: a line on its side is above or below.
      sides |= side(ends[1] - y, ends[0] - x, ends[3] - y, ends[2] - x, height, width) << 2;
    }
    return sides;
  }

  /** 1 or 2 for an upright line on this or that side that passes the middle, else 0. */
  private static int side(double x1, double y1, double x2, double y2, double width, double height) {
    boolean upright = Math.abs(x2 - x1) <= ASLANT * Math.abs(y2 - y1);
    boolean passes = Math.min(y1, y2) < 0.3 * height && Math.max(y1, y2) > -0.3 * height;
    double at = (x1 + x2) / 2;
    if (!upright || !passes || Math.abs(at) < BESIDE * width) {
      return 0;
    }
    return at < 0 ? 1 : 2;
  }
}
