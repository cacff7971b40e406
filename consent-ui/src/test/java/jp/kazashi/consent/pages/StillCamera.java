package jp.kazashi.consent.pages;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import jp.kazashi.consent.CameraPreview;
import jp.kazashi.consent.VisitBoard.Subscription;

/** A camera in front of which nothing happens unless a test says so. */
final class StillCamera implements CameraPreview {

  private final List<Consumer<Guidance>> guided = new CopyOnWriteArrayList<>();

  @Override
  public Subscription watch(Consumer<byte[]> jpegFrames) {
    byte[] frame = frame();
    jpegFrames.accept(frame);
    // A browser shows a part of such a stream when the next one begins.
    jpegFrames.accept(frame);
    return () -> {};
  }

  @Override
  public Subscription guide(Consumer<Guidance> guidance) {
    guided.add(guidance);
    return () -> guided.remove(guidance);
  }

  void say(Guidance guidance) {
    guided.forEach(one -> one.accept(guidance));
  }

  private static byte[] frame() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BufferedImage picture = new BufferedImage(480, 360, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = picture.createGraphics();
    pen.setColor(new Color(0x9fb4c8));
    pen.fillRect(0, 0, 480, 360);
    pen.setColor(new Color(0x33475b));
    pen.fillOval(90, 290, 300, 200);
    pen.setColor(new Color(0xf0cfa8));
    pen.fillOval(155, 70, 170, 230);
    pen.dispose();
    try {
      ImageIO.write(picture, "jpg", bytes);
    } catch (IOException neverInMemory) {
      throw new UncheckedIOException(neverInMemory);
    }
    return bytes.toByteArray();
  }
}
