package jp.kazashi.reader.face;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/**
 * The pictures of a folder, one after the other and again from the first: test equipment, which no
 * real terminal has. A folder of stills is shaken a little, as the hand of a person who holds still
 * is, because a picture that does not change at all is taken for a camera that hangs.
 */
public final class FileCamera implements Camera {

  private static final int LEAST_SIDE = 480;

  private final List<Path> files;
  private final Pace pace;
  private final LongSupplier ticks;
  private long shown;
  private long due;

  /**
   * How it shows its pictures.
   *
   * @param every the time from one to the next
   * @param shaken whether each is a little beside the last
   */
  public record Pace(Duration every, boolean shaken) {
    public static final Pace USUAL = new Pace(Duration.ofMillis(66), true);
  }

  public FileCamera(Path folder, Pace pace, LongSupplier ticks) {
    this.files = pictures(folder);
    this.pace = pace;
    this.ticks = ticks;
    this.due = ticks.getAsLong();
  }

  private static List<Path> pictures(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(
              file -> file.toString().toLowerCase(Locale.ROOT).matches(".*\\.(jpg|jpeg|png)"))
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      return List.of();
    }
  }

  /** Of an empty folder: a room with nobody in it. */
  @Override
  public Optional<Pixels> next(Duration patience) {
    awaitDue();
    long number = shown++;
    if (files.isEmpty()) {
      return Optional.of(room(number));
    }
    Path file = files.get((int) (number % files.size()));
    try {
      return Pictures.photograph(Files.readAllBytes(file))
              instanceof Pixels.Decoding.Decoded(Pixels picture)
          ? Optional.of(pace.shaken() ? shaken(picture, number) : picture)
          : Optional.empty();
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    // Nothing stays open between two pictures.
  }

  private void awaitDue() {
    for (long left = due - ticks.getAsLong();
        left > 0 && !Thread.currentThread().isInterrupted();
        left = due - ticks.getAsLong()) {
      LockSupport.parkNanos(left);
    }
    due = ticks.getAsLong() + pace.every().toNanos();
  }

  /** Brought to the size of a camera's picture, and moved by a point or two. */
  private static Pixels shaken(Pixels still, long number) {
    try (still) {
      double factor = Math.max(1, (double) LEAST_SIDE / Math.min(still.width(), still.height()));
      Mat matrix = new Mat(2, 3, CvType.CV_64F);
      matrix.put(0, 0, factor, 0, number % 3 - 1.0, 0, factor, number % 5 - 2.0);
      Mat moved = new Mat();
      Imgproc.warpAffine(
          still.bgr(),
          moved,
          matrix,
          new Size(still.width() * factor, still.height() * factor),
          Imgproc.INTER_CUBIC,
          Core.BORDER_REPLICATE);
      matrix.release();
      return new Pixels(moved);
    }
  }

  private static Pixels room(long number) {
    return new Pixels(new Mat(480, 640, CvType.CV_8UC3, Scalar.all(150 + (int) (number % 2))));
  }
}
