package jp.kazashi.simulator.card;

import com.github.jaiimageio.jpeg2000.J2KImageWriteParam;
import com.github.jaiimageio.jpeg2000.impl.J2KImageWriterSpi;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Arc2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/**
 * Draws the portraits of {@link Portraits}. Not a test: run {@link #main} with the folder of the
 * resources as its argument after changing what they look like, and commit what it wrote.
 */
public final class PortraitMaker {

  static final int WIDTH = 180;
  static final int HEIGHT = 240;

  /** Bits per point: about 8 kB, as much as a card has room for. */
  private static final double RATE = 1.4;

  private PortraitMaker() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    for (int number = 1; number <= Portraits.COUNT; number++) {
      Files.write(folder.resolve(Portraits.fileName(number)), encoded(drawn(number)));
    }
  }

  static BufferedImage drawn(int number) {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D pen = image.createGraphics();
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    SplittableRandom chance = new SplittableRandom(number * 7_919L);
    pen.setColor(grey(232));
    pen.fillRect(0, 0, WIDTH, HEIGHT);
    shoulders(pen, chance);
    head(pen, chance);
    hatch(pen);
    pen.dispose();
    return image;
  }

  private static void shoulders(Graphics2D pen, SplittableRandom chance) {
    pen.setColor(grey(chance.nextInt(60, 150)));
    pen.fill(new RoundRectangle2D.Double(18, 186, 144, 90, 70, 70));
    pen.setColor(grey(206));
    pen.fill(new RoundRectangle2D.Double(73, 150, 34, 52, 22, 22));
  }

  private static void head(Graphics2D pen, SplittableRandom chance) {
    double width = chance.nextDouble(82, 98);
    double height = chance.nextDouble(112, 126);
    double x = (WIDTH - width) / 2;
    int hair = chance.nextInt(25, 110);
    double hairline = chance.nextDouble(70, 120);
    pen.setColor(grey(hair));
    pen.fill(new Ellipse2D.Double(x - 9, 42, width + 18, height * chance.nextDouble(0.75, 1.15)));
    pen.setColor(grey(chance.nextInt(196, 222)));
    pen.fill(new Ellipse2D.Double(x, 56, width, height));
    pen.setColor(grey(hair));
    pen.fill(new Arc2D.Double(x - 4, 48, width + 8, 78, 90 - hairline, 2 * hairline, Arc2D.CHORD));
    face(pen, chance, hair);
  }

  private static void face(Graphics2D pen, SplittableRandom chance, int hair) {
    double apart = chance.nextDouble(19, 24);
    double eyes = chance.nextDouble(112, 120);
    for (int side : new int[] {-1, 1}) {
      double x = WIDTH / 2.0 + side * apart;
      pen.setColor(grey(250));
      pen.fill(new Ellipse2D.Double(x - 9, eyes - 5, 18, 10));
      pen.setColor(grey(30));
      pen.fill(new Ellipse2D.Double(x - 4, eyes - 4, 8, 8));
      pen.setColor(grey(hair));
      pen.setStroke(new BasicStroke(3));
      pen.draw(new Line2D.Double(x - 10, eyes - 12, x + 10, eyes - 12 + side * 1.5));
    }
    pen.setColor(grey(150));
    pen.setStroke(new BasicStroke(2));
    pen.draw(new Arc2D.Double(84, eyes + 4, 12, 24, 200, 140, Arc2D.OPEN));
    pen.setColor(grey(110));
    double mouth = chance.nextDouble(26, 36);
    pen.draw(new Arc2D.Double(90 - mouth / 2, 140, mouth, 14, 195, 150, Arc2D.OPEN));
    if (chance.nextInt(3) == 0) {
      glasses(pen, apart, eyes);
    }
  }

  private static void glasses(Graphics2D pen, double apart, double eyes) {
    pen.setColor(grey(60));
    pen.draw(new Ellipse2D.Double(90 - apart - 14, eyes - 12, 28, 24));
    pen.draw(new Ellipse2D.Double(90 + apart - 14, eyes - 12, 28, 24));
    pen.draw(new Line2D.Double(90 - apart + 14, eyes, 90 + apart - 14, eyes));
  }

  /** Lines across the whole picture: no camera made it, and nobody is meant. */
  private static void hatch(Graphics2D pen) {
    pen.setStroke(new BasicStroke(1));
    pen.setColor(new Color(255, 255, 255, 110));
    AffineTransform straight = pen.getTransform();
    pen.rotate(Math.toRadians(-35), WIDTH / 2.0, HEIGHT / 2.0);
    for (int y = -120; y < HEIGHT + 120; y += 14) {
      pen.draw(new Line2D.Double(-120, y, WIDTH + 120, y));
    }
    pen.setTransform(straight);
  }

  private static Color grey(int level) {
    return new Color(level, level, level);
  }

  private static byte[] encoded(BufferedImage image) throws IOException {
    ImageWriter writer = new J2KImageWriterSpi().createWriterInstance(null);
    J2KImageWriteParam form = (J2KImageWriteParam) writer.getDefaultWriteParam();
    form.setLossless(false);
    form.setFilter(J2KImageWriteParam.FILTER_97);
    form.setEncodingRate(RATE);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), form);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
