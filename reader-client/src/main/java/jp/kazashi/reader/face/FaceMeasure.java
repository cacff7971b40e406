package jp.kazashi.reader.face;

import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfDouble;
import org.opencv.core.Rect;
import org.opencv.core.Scalar;
import org.opencv.imgproc.Imgproc;

/**
 * What an image of a face is like, before anything is compared.
 *
 * @param share how much of the picture's width the face takes
 * @param sharpness variance of the Laplacian on the aligned face
 * @param maskColour how far the colour around the mouth is from that between the eyes
 */
record FaceMeasure(
    double eyeDistance,
    double share,
    double yaw,
    double pitch,
    double roll,
    double sharpness,
    double brightness,
    double contrast,
    double maskColour) {

  static FaceMeasure of(Pixels image, FoundFace face, Pixels aligned) {
    Mat grey = new Mat();
    Mat edges = new Mat();
    try {
      Imgproc.cvtColor(aligned.bgr(), grey, Imgproc.COLOR_BGR2GRAY);
      Imgproc.Laplacian(grey, edges, CvType.CV_64F);
      Spread light = Spread.of(grey);
      double edge = Spread.of(edges).deviation();
      return new FaceMeasure(
          face.eyeDistance(),
          face.width() / image.width(),
          face.yaw(),
          face.pitch(),
          face.rollDegrees(),
          edge * edge,
          light.mean(),
          light.deviation(),
          maskColour(aligned.bgr()));
    } finally {
      Pixels.wipe(grey);
      Pixels.wipe(edges);
    }
  }

  /** In the two colour planes of YCrCb; a mask has one colour, and it is not that of the skin. */
  private static double maskColour(Mat aligned) {
    Scalar above = colours(aligned, 0.38, 0.34, 0.24, 0.16);
    Scalar below = colours(aligned, 0.34, 0.74, 0.32, 0.20);
    return Math.hypot(above.val[1] - below.val[1], above.val[2] - below.val[2]);
  }

  private static Scalar colours(Mat aligned, double x, double y, double width, double height) {
    Mat part =
        aligned.submat(
            new Rect(
                (int) (x * aligned.cols()),
                (int) (y * aligned.rows()),
                (int) (width * aligned.cols()),
                (int) (height * aligned.rows())));
    Mat planes = new Mat();
    try {
      Imgproc.cvtColor(part, planes, Imgproc.COLOR_BGR2YCrCb);
      return Core.mean(planes);
    } finally {
      part.release();
      Pixels.wipe(planes);
    }
  }

  /** Mean and standard deviation of one plane. */
  record Spread(double mean, double deviation) {
    static Spread of(Mat plane) {
      MatOfDouble mean = new MatOfDouble();
      MatOfDouble deviation = new MatOfDouble();
      Core.meanStdDev(plane, mean, deviation);
      Spread spread = new Spread(mean.get(0, 0)[0], deviation.get(0, 0)[0]);
      mean.release();
      deviation.release();
      return spread;
    }
  }
}
