package jp.kazashi.consent;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import jp.kazashi.consent.VisitBoard.Subscription;

/** A camera that sees a drawn face: for the demo, where nobody stands in front of it. */
final class DrawnCamera implements CameraPreview {

  private static final long FRAME_MILLIS = 100;
  private static final long GUIDANCE_MILLIS = 3_000;
  private static final int WIDTH = 480;
  private static final int HEIGHT = 360;

  @Override
  public Subscription watch(Consumer<byte[]> jpegFrames) {
    int[] at = {0};
    return every(FRAME_MILLIS, () -> jpegFrames.accept(draw(at[0]++)));
  }

  @Override
  public Subscription guide(Consumer<Guidance> guidance) {
    Guidance[] all = Guidance.values();
    int[] at = {0};
    return every(GUIDANCE_MILLIS, () -> guidance.accept(all[at[0]++ % all.length]));
  }

  private static Subscription every(long millis, Runnable work) {
    Timer timer = new Timer("drawn-camera", true);
    timer.scheduleAtFixedRate(
        new TimerTask() {
          @Override
          public void run() {
            work.run();
          }
        },
        0,
        millis);
    return timer::cancel;
  }

  /** The face sways a little, so that one sees that the picture is live. */
  private static byte[] draw(int at) {
    BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = picture.createGraphics();
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    pen.setColor(new Color(0x9fb4c8));
    pen.fillRect(0, 0, WIDTH, HEIGHT);
    int x = WIDTH / 2 + (int) (12 * Math.sin(at / 6.0));
    pen.setColor(new Color(0x33475b));
    pen.fillOval(x - 150, 290, 300, 200);
    pen.setColor(new Color(0xf0cfa8));
    pen.fillOval(x - 85, 70, 170, 230);
    pen.setColor(new Color(0x333333));
    pen.fillOval(x - 45, 165, 18, 18);
    pen.fillOval(x + 27, 165, 18, 18);
    pen.setStroke(new BasicStroke(6));
    pen.drawArc(x - 40, 200, 80, 50, 200, 140);
    pen.dispose();
    return jpeg(picture);
  }

  private static byte[] jpeg(BufferedImage picture) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(picture, "jpg", bytes);
    } catch (IOException neverInMemory) {
      throw new UncheckedIOException(neverInMemory);
    }
    return bytes.toByteArray();
  }
}
