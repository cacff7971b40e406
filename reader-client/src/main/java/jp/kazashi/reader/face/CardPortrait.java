package jp.kazashi.reader.face;

import java.util.Optional;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.core.MatOfInt;
import org.opencv.core.Size;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.imgproc.Imgproc;

/**
 * A photograph as a card would carry it: 180 × 240 points, grey, the eyes three tenths of the width
 * apart, JPEG 2000 of some 4 kB.
 */
public final class CardPortrait {

  private static final int WIDTH = 180;
  private static final int HEIGHT = 240;
  private static final double EYES_APART = 0.30 * WIDTH;
  private static final double EYES_DOWN = 0.45 * HEIGHT;

  /** Of a thousand: a tenth of the points' own size. */
  private static final int COMPRESSION = 100;

  private CardPortrait() {}

  /** Empty if there is not exactly one face to be seen, or it cannot be encoded. */
  public static Optional<byte[]> of(Pixels photograph, FaceNetworks networks) {
    synchronized (networks) {
      return QualityGate.choose(networks.find(photograph))
              instanceof QualityGate.Choice.Chosen(FoundFace face)
          ? Optional.of(of(photograph, face)).filter(bytes -> bytes.length > 0)
          : Optional.empty();
    }
  }

  static byte[] of(Pixels photograph, FoundFace face) {
    double factor = EYES_APART / face.eyeDistance();
    double x = (face.marks()[0] + face.marks()[2]) / 2;
    double y = (face.marks()[1] + face.marks()[3]) / 2;
    Mat matrix = new Mat(2, 3, CvType.CV_64F);
    matrix.put(0, 0, factor, 0, WIDTH / 2.0 - factor * x, 0, factor, EYES_DOWN - factor * y);
    Mat framed = new Mat();
    Imgproc.warpAffine(
        photograph.bgr(),
        framed,
        matrix,
        new Size(WIDTH, HEIGHT),
        factor < 1 ? Imgproc.INTER_AREA : Imgproc.INTER_CUBIC,
        Core.BORDER_REPLICATE);
    Mat grey = new Mat();
    Imgproc.cvtColor(framed, grey, Imgproc.COLOR_BGR2GRAY);
    MatOfByte packed = new MatOfByte();
    MatOfInt form = new MatOfInt(Imgcodecs.IMWRITE_JPEG2000_COMPRESSION_X1000, COMPRESSION);
    try {
      return Imgcodecs.imencode(".jp2", grey, packed, form) ? packed.toArray() : new byte[0];
    } finally {
      matrix.release();
      form.release();
      Pixels.wipe(framed);
      Pixels.wipe(grey);
      Pixels.wipe(packed);
    }
  }
}
