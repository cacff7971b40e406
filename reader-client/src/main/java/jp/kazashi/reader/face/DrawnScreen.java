package jp.kazashi.reader.face;

import java.util.List;
import org.opencv.core.Mat;
import org.opencv.core.Rect;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/**
 * A picture within the edges of a screen, in a room: drawn, and so without the glare, the grid of
 * points and the bend of a real one. It measures what an attack by a careless hand comes to, and
 * proves nothing about a careful one.
 *
 * @param share of the height of the room that the picture takes
 * @param edge how wide the screen's edge is, in heights of the picture
 * @param level how bright the edge is, from 0 to 255
 */
record DrawnScreen(double share, double edge, int level) {

  /** From a phone to a tablet that fills the view, with dark and light edges. */
  static final List<DrawnScreen> ALL =
      List.of(
          new DrawnScreen(0.45, 0.06, 15),
          new DrawnScreen(0.60, 0.06, 15),
          new DrawnScreen(0.75, 0.06, 15),
          new DrawnScreen(0.90, 0.05, 15),
          new DrawnScreen(0.60, 0.06, 235),
          new DrawnScreen(0.75, 0.06, 235),
          new DrawnScreen(0.75, 0.02, 15),
          new DrawnScreen(0.90, 0.02, 235));

  private static final int WIDTH = 1_280;
  private static final int HEIGHT = 960;
  private static final Scalar WALL = new Scalar(150, 165, 170);

  /** The caller's to close. */
  Pixels showing(Pixels picture) {
    double factor = Math.min(share * HEIGHT / picture.height(), share * WIDTH / picture.width());
    Mat small = new Mat();
    Imgproc.resize(
        picture.bgr(),
        small,
        new Size(),
        factor,
        factor,
        factor < 1 ? Imgproc.INTER_AREA : Imgproc.INTER_CUBIC);
    Mat room = new Mat(HEIGHT, WIDTH, small.type(), WALL);
    int x = (WIDTH - small.cols()) / 2;
    int y = (HEIGHT - small.rows()) / 2;
    int wide = (int) (edge * small.rows());
    Imgproc.rectangle(
        room,
        new Rect(x - wide, y - wide, small.cols() + 2 * wide, small.rows() + 2 * wide),
        Scalar.all(level),
        -1);
    Mat place = room.submat(new Rect(x, y, small.cols(), small.rows()));
    small.copyTo(place);
    place.release();
    Pixels.wipe(small);
    return new Pixels(room);
  }
}
