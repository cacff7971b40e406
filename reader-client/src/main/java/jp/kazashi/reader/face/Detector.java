package jp.kazashi.reader.face;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.core.Size;
import org.opencv.objdetect.FaceDetectorYN;

/** Finds faces (YuNet). One thread at a time. */
final class Detector {

  private static final int WIDEST = 640;
  private static final int HIGHEST = 480;

  /** Faces that fill the picture are missed in large ones. */
  private static final int SECOND_LOOK = 256;

  private static final double DARK = 30;
  private static final double SURELY_TURNED = 0.8;
  private static final float LEAST_SCORE = 0.6f;
  private static final float OVERLAP = 0.3f;
  private static final int MOST = 50;
  private static final int NUMBERS = 15;

  private final FaceDetectorYN network;

  Detector(byte[] onnx) {
    MatOfByte model = new MatOfByte(onnx);
    MatOfByte none = new MatOfByte();
    network =
        FaceDetectorYN.create(
            "onnx", model, none, new Size(320, 320), LEAST_SCORE, OVERLAP, MOST, 0, 0);
    model.release();
    none.release();
  }

  /** The largest first, in points of this image. */
  List<FoundFace> find(Pixels image) {
    List<FoundFace> found = find(image, WIDEST, HIGHEST);
    return found.isEmpty() && Math.max(image.width(), image.height()) > SECOND_LOOK
        ? find(image, SECOND_LOOK, SECOND_LOOK)
        : found;
  }

  /** Dark, too far away, or with the head on its side; nothing of this is ever compared. */
  FaceReason whyNobody(Pixels image) {
    if (image.brightness() < DARK) {
      return FaceReason.TOO_DARK;
    }
    try (Pixels middle = image.middle(WIDEST, HIGHEST)) {
      if (!find(middle, WIDEST, HIGHEST).isEmpty()) {
        return FaceReason.TOO_FAR;
      }
    }
    for (boolean clockwise : new boolean[] {true, false}) {
      try (Pixels small = image.shrunkTo(SECOND_LOOK, SECOND_LOOK);
          Pixels turned = small.turned(clockwise)) {
        if (find(turned, SECOND_LOOK, SECOND_LOOK).stream()
            .anyMatch(face -> face.score() >= SURELY_TURNED)) {
          return FaceReason.TILTED;
        }
      }
    }
    return FaceReason.NO_FACE;
  }

  private List<FoundFace> find(Pixels image, int width, int height) {
    try (Pixels small = image.shrunkTo(width, height)) {
      double factor = (double) image.width() / small.width();
      Mat rows = new Mat();
      network.setInputSize(small.bgr().size());
      network.detect(small.bgr(), rows);
      List<FoundFace> faces = new ArrayList<>();
      for (int row = 0; row < rows.rows(); row++) {
        faces.add(face(rows, row).times(factor));
      }
      Pixels.wipe(rows);
      faces.sort(Comparator.comparingDouble(FoundFace::area).reversed());
      return faces;
    }
  }

  private static FoundFace face(Mat rows, int row) {
    float[] numbers = new float[NUMBERS];
    rows.get(row, 0, numbers);
    double[] marks = new double[10];
    for (int i = 0; i < marks.length; i++) {
      marks[i] = numbers[4 + i];
    }
    return new FoundFace(
        numbers[0], numbers[1], numbers[2], numbers[3], marks, numbers[NUMBERS - 1]);
  }
}
