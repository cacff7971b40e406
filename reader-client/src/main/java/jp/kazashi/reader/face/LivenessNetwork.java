package jp.kazashi.reader.face;

import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.core.Rect;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.dnn.Dnn;
import org.opencv.dnn.Net;
import org.opencv.imgproc.Imgproc;

/** Tells a face from the picture of one by what is around it (MiniFASNet). */
final class LivenessNetwork {

  private static final int SIDE = 80;
  private static final int LIVE = 1;
  private static final int KINDS = 3;

  private final double scale;
  private final Net network;

  LivenessNetwork(double scale, byte[] onnx) {
    this.scale = scale;
    MatOfByte model = new MatOfByte(onnx);
    network = Dnn.readNetFromONNX(model);
    model.release();
  }

  /** From 0, a picture, to 1, a living face. */
  double look(Pixels image, FoundFace face) {
    Mat part = image.bgr().submat(around(image, face));
    Mat crop = new Mat();
    Imgproc.resize(part, crop, new Size(SIDE, SIDE));
    part.release();
    Mat input = Dnn.blobFromImage(crop, 1, new Size(SIDE, SIDE), Scalar.all(0), false, false);
    network.setInput(input);
    Mat output = network.forward();
    try {
      if (output.total() != KINDS) {
        throw new BrokenModel("gives %d numbers and should give 3".formatted(output.total()));
      }
      float[] numbers = new float[KINDS];
      output.get(0, 0, numbers);
      return softmax(numbers, LIVE);
    } finally {
      Pixels.wipe(crop);
      Pixels.wipe(input);
      Pixels.wipe(output);
    }
  }

  /** The box of the face made larger, and moved where it would leave the picture. */
  private Rect around(Pixels image, FoundFace face) {
    double times =
        Math.min(
            scale,
            Math.min((image.height() - 1) / face.height(), (image.width() - 1) / face.width()));
    int width = (int) Math.max(1, face.width() * times);
    int height = (int) Math.max(1, face.height() * times);
    int x = (int) Math.clamp(face.centreX() - width / 2.0, 0, image.width() - width);
    int y = (int) Math.clamp(face.centreY() - height / 2.0, 0, image.height() - height);
    return new Rect(x, y, width, height);
  }

  private static double softmax(float[] numbers, int kind) {
    double sum = 0;
    for (float number : numbers) {
      sum += Math.exp(number - numbers[kind]);
    }
    return 1 / sum;
  }
}
