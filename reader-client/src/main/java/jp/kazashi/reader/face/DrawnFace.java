package jp.kazashi.reader.face;

import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Point;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/**
 * Two faces of nobody, drawn so plainly that a network which cannot tell them from each other, or
 * from nothing, is broken.
 */
final class DrawnFace {

  private static final int WIDTH = 240;
  private static final int HEIGHT = 320;
  private static final int FILLED = -1;

  private DrawnFace() {}

  static Pixels nothing() {
    return new Pixels(new Mat(HEIGHT, WIDTH, CvType.CV_8UC3, Scalar.all(128)));
  }

  /** Light hair, round, eyes wide apart. */
  static Pixels one(int brighter) {
    Mat paper = new Mat(HEIGHT, WIDTH, CvType.CV_8UC3, Scalar.all(225));
    body(paper, 120);
    ellipse(paper, 120, 140, 72, 90, grey(150));
    ellipse(paper, 120, 158, 60, 76, grey(205 + brighter));
    features(paper, 28, 150, 150, 18);
    return new Pixels(paper);
  }

  /** Dark hair, narrow, eyes close to each other. */
  static Pixels other() {
    Mat paper = new Mat(HEIGHT, WIDTH, CvType.CV_8UC3, Scalar.all(200));
    body(paper, 60);
    ellipse(paper, 120, 132, 66, 96, grey(35));
    ellipse(paper, 120, 160, 52, 84, grey(178));
    features(paper, 23, 146, 30, 26);
    return new Pixels(paper);
  }

  private static void body(Mat paper, int level) {
    ellipse(paper, 120, 330, 108, 78, grey(level));
    ellipse(paper, 120, 250, 24, 40, grey(185));
  }

  private static void features(Mat paper, int apart, int eyes, int hair, int mouth) {
    for (int side : new int[] {-1, 1}) {
      int x = 120 + side * apart;
      ellipse(paper, x, eyes, 12, 7, grey(250));
      ellipse(paper, x, eyes, 6, 6, grey(25));
      Imgproc.line(
          paper,
          new Point(x - 14, eyes - 16),
          new Point(x + 14, eyes - 17),
          grey(hair / 2),
          5,
          Imgproc.LINE_AA);
    }
    arc(paper, 120, eyes + 24, 9, 14, 20, 160, 140, 3);
    arc(paper, 120, eyes + 46, mouth, 10, 15, 165, 90, 4);
  }

  private static void ellipse(Mat paper, int x, int y, int across, int down, Scalar colour) {
    Imgproc.ellipse(
        paper, new Point(x, y), new Size(across, down), 0, 0, 360, colour, FILLED, Imgproc.LINE_AA);
  }

  private static void arc(
      Mat paper, int x, int y, int across, int down, int from, int to, int level, int thick) {
    Imgproc.ellipse(
        paper,
        new Point(x, y),
        new Size(across, down),
        0,
        from,
        to,
        grey(level),
        thick,
        Imgproc.LINE_AA);
  }

  private static Scalar grey(int level) {
    return Scalar.all(level);
  }
}
