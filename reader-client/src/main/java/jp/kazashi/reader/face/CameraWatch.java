package jp.kazashi.reader.face;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.opencv.core.Core;
import org.opencv.core.Mat;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/** Tells a camera that shows nothing from a room with nobody in it. */
final class CameraWatch implements AutoCloseable {

  private static final double BLACK = 12;
  private static final double EVEN = 6;
  private static final int STANDS_STILL = 6;
  private static final int SIDE = 64;

  private @Nullable Mat before;
  private int alike;

  /** Whether the last picture was the one before it: it says nothing new of anybody. */
  boolean isRepeated() {
    return alike > 0;
  }

  /** What is wrong with this picture as one of a camera. */
  Optional<FaceReason> objection(Pixels frame) {
    Mat small = new Mat();
    Imgproc.resize(frame.bgr(), small, new Size(SIDE, SIDE), 0, 0, Imgproc.INTER_AREA);
    Mat last = before;
    before = small;
    if (last != null) {
      // No sensor gives the same picture twice.
      alike = Core.norm(last, small, Core.NORM_INF) == 0 ? alike + 1 : 0;
      Pixels.wipe(last);
    }
    if (isBlack(small)) {
      return Optional.of(FaceReason.BLACK);
    }
    return alike >= STANDS_STILL ? Optional.of(FaceReason.FROZEN) : Optional.empty();
  }

  private static boolean isBlack(Mat small) {
    Mat grey = new Mat();
    Imgproc.cvtColor(small, grey, Imgproc.COLOR_BGR2GRAY);
    FaceMeasure.Spread light = FaceMeasure.Spread.of(grey);
    Pixels.wipe(grey);
    return light.mean() < BLACK && light.deviation() < EVEN;
  }

  @Override
  public void close() {
    if (before != null) {
      Pixels.wipe(before);
      before = null;
    }
  }
}
