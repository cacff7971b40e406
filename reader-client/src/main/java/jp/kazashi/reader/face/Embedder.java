package jp.kazashi.reader.face;

import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.dnn.Dnn;
import org.opencv.dnn.Net;
import org.opencv.imgproc.Imgproc;

/** Makes a direction in many dimensions out of a face, as its manifest describes. */
final class Embedder {

  private final FaceModel.Embedding form;
  private final Net network;

  Embedder(FaceModel.Embedding form, byte[] onnx) {
    this.form = form;
    MatOfByte model = new MatOfByte(onnx);
    network = Dnn.readNetFromONNX(model);
    model.release();
  }

  /** Eyes, nose and mouth where the network wants them; the caller's to close. */
  Pixels aligned(Pixels image, FoundFace face) {
    Mat matrix = new Mat(2, 3, CvType.CV_64F);
    matrix.put(0, 0, Alignment.of(face.marks(), form.reference()).rows());
    Mat crop = new Mat();
    Imgproc.warpAffine(image.bgr(), crop, matrix, new Size(form.width(), form.height()));
    matrix.release();
    return new Pixels(crop);
  }

  /** The caller's to close. */
  Embedding embed(Pixels aligned) {
    Scalar mean = new Scalar(form.mean().get(0), form.mean().get(1), form.mean().get(2));
    Mat input =
        Dnn.blobFromImage(
            aligned.bgr(),
            form.scale(),
            new Size(form.width(), form.height()),
            mean,
            form.rgb(),
            false);
    network.setInput(input);
    Mat output = network.forward();
    try {
      if (output.total() != form.dimension() || output.depth() != CvType.CV_32F) {
        throw new BrokenModel(
            "gives %d numbers and should give %d".formatted(output.total(), form.dimension()));
      }
      Mat row = output.reshape(1, 1);
      Mat unit = new Mat();
      Core.normalize(row, unit);
      row.release();
      return new Embedding(unit);
    } finally {
      Pixels.wipe(input);
      Pixels.wipe(output);
    }
  }
}
