package jp.kazashi.reader.face;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.imgcodecs.Imgcodecs;

/**
 * The process that decodes one portrait: it reads it from its input, writes the points to its
 * output, and ends. When its parent is gone, so is its input, and it ends as well.
 */
final class DecoderMain {

  private DecoderMain() {}

  public static void main(String[] arguments) throws IOException {
    if (!(NativeLibrary.load(Path.of(arguments[0])) instanceof NativeLibrary.Loading.Loaded)) {
      System.exit(1);
    }
    DataInputStream in = new DataInputStream(System.in);
    int length = in.readInt();
    if (length <= 0 || length > Jp2Header.LARGEST) {
      System.exit(1);
    }
    byte[] portrait = in.readNBytes(length);
    if (!(Jp2Header.judge(portrait) instanceof Jp2Header.Judgement.Plain)) {
      System.exit(1);
    }
    Mat image = Imgcodecs.imdecode(new MatOfByte(portrait), Imgcodecs.IMREAD_UNCHANGED);
    if (image.empty()) {
      System.exit(1);
    }
    byte[] points = new byte[Math.toIntExact(image.total() * image.elemSize())];
    image.get(0, 0, points);
    DataOutputStream out = new DataOutputStream(System.out);
    out.writeInt(image.cols());
    out.writeInt(image.rows());
    out.writeInt(image.channels());
    out.write(points);
    out.flush();
    // What held the portrait goes with the process.
    Runtime.getRuntime().halt(0);
  }
}
