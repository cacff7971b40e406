package jp.kazashi.reader.face;

import java.util.Arrays;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.core.Rect;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.dnn.Dnn;
import org.opencv.dnn.Net;
import org.opencv.imgproc.Imgproc;

/** How far open the eyes are, from a mesh of 468 points over the face. */
final class EyeMesh {

  private static final int SIDE = 192;
  private static final int POINTS = 468;

  /** Corner, two above, corner, two below, of each eye. */
  private static final int[][] EYES = {
    {33, 160, 158, 133, 153, 144}, {362, 385, 387, 263, 373, 380}
  };

  private final Net network;

  EyeMesh(byte[] tflite) {
    MatOfByte model = new MatOfByte(tflite);
    network = Dnn.readNetFromTFLite(model);
    model.release();
  }

  /** Height over width of the eyes' openings, the mean of both. */
  double openness(Pixels image, FoundFace face) {
    Mat crop = crop(image, face);
    Mat input = Dnn.blobFromImage(crop, 1 / 255.0, new Size(SIDE, SIDE), Scalar.all(0), true);
    network.setInput(input);
    Mat output = network.forward("conv2d_21");
    try {
      if (output.total() != POINTS * 3) {
        throw new BrokenModel("gives %d numbers and should give 1404".formatted(output.total()));
      }
      float[] mesh = new float[POINTS * 3];
      Mat row = output.reshape(1, 1);
      row.get(0, 0, mesh);
      row.release();
      double both = (openness(mesh, EYES[0]) + openness(mesh, EYES[1])) / 2;
      Arrays.fill(mesh, 0);
      return both;
    } finally {
      Pixels.wipe(crop);
      Pixels.wipe(input);
      Pixels.wipe(output);
    }
  }

  /** A square half again as large as the face, as far as the picture goes. */
  private static Mat crop(Pixels image, FoundFace face) {
    double side = 1.5 * Math.max(face.width(), face.height());
    int half = (int) Math.max(8, side / 2);
    Rect wanted =
        new Rect((int) face.centreX() - half, (int) face.centreY() - half, 2 * half, 2 * half);
    Mat square = new Mat(2 * half, 2 * half, image.bgr().type(), Scalar.all(0));
    int left = Math.max(0, wanted.x);
    int top = Math.max(0, wanted.y);
    int right = Math.min(image.width(), wanted.x + wanted.width);
    int bottom = Math.min(image.height(), wanted.y + wanted.height);
    if (right > left && bottom > top) {
      Rect inside = new Rect(left, top, right - left, bottom - top);
      Mat from = image.bgr().submat(inside);
      Mat to =
          square.submat(new Rect(left - wanted.x, top - wanted.y, inside.width, inside.height));
      from.copyTo(to);
      from.release();
      to.release();
    }
    Mat crop = new Mat();
    Imgproc.resize(square, crop, new Size(SIDE, SIDE));
    Pixels.wipe(square);
    return crop;
  }

  private static double openness(float[] mesh, int[] eye) {
    double width = distance(mesh, eye[0], eye[3]);
    return width == 0
        ? 0
        : (distance(mesh, eye[1], eye[5]) + distance(mesh, eye[2], eye[4])) / (2 * width);
  }

  private static double distance(float[] mesh, int one, int other) {
    return Math.hypot(mesh[3 * one] - mesh[3 * other], mesh[3 * one + 1] - mesh[3 * other + 1]);
  }
}
