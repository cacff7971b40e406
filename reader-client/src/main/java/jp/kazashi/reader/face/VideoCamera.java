package jp.kazashi.reader.face;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.opencv.core.Mat;
import org.opencv.videoio.VideoCapture;
import org.opencv.videoio.Videoio;

/**
 * A camera of this machine. A thread of its own waits for it, because a camera that is unplugged
 * may let its reader wait for many seconds; when it is gone it is tried again until it is back.
 */
public final class VideoCamera implements Camera {

  private static final Duration BEFORE_TRYING_AGAIN = Duration.ofMillis(500);
  private static final int WIDTH = 1280;
  private static final int HEIGHT = 720;

  /** One picture waits at most: an old one shows nobody who is there now. */
  private final BlockingQueue<Pixels> newest = new ArrayBlockingQueue<>(1);

  private final Supplier<Lens> lenses;
  private final Duration pause;
  private final Thread grabbing;
  private volatile boolean over;

  /** What OpenCV has of a camera. */
  interface Lens extends AutoCloseable {
    boolean isOpen();

    /** Whether a picture came. */
    boolean read(Mat into);

    @Override
    void close();
  }

  /** The camera with this number, counted from 0. */
  public static Camera number(int index) {
    return new VideoCamera(() -> lens(index), BEFORE_TRYING_AGAIN);
  }

  VideoCamera(Supplier<Lens> lenses, Duration pause) {
    this.lenses = lenses;
    this.pause = pause;
    grabbing = Thread.ofPlatform().daemon().name("camera").start(this::grab);
  }

  @Override
  public Optional<Pixels> next(Duration patience) {
    try {
      return Optional.ofNullable(newest.poll(patience.toNanos(), TimeUnit.NANOSECONDS));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    over = true;
    grabbing.interrupt();
    drop();
  }

  private void grab() {
    while (!over) {
      try (Lens lens = lenses.get()) {
        while (!over && lens.isOpen() && offered(lens)) {
          // The next one.
        }
      }
      pause();
    }
    drop();
  }

  private boolean offered(Lens lens) {
    Mat frame = new Mat();
    if (!lens.read(frame) || frame.empty()) {
      frame.release();
      return false;
    }
    Pixels picture = new Pixels(frame);
    drop();
    if (over || !newest.offer(picture)) {
      picture.close();
    }
    return true;
  }

  private void drop() {
    Pixels old = newest.poll();
    if (old != null) {
      old.close();
    }
  }

  private void pause() {
    try {
      if (!over) {
        Thread.sleep(pause);
      }
    } catch (InterruptedException closing) {
      // The loop sees that it is over.
    }
  }

  private static Lens lens(int index) {
    VideoCapture capture = new VideoCapture(index);
    capture.set(Videoio.CAP_PROP_FRAME_WIDTH, WIDTH);
    capture.set(Videoio.CAP_PROP_FRAME_HEIGHT, HEIGHT);
    return new Lens() {
      @Override
      public boolean isOpen() {
        return capture.isOpened();
      }

      @Override
      public boolean read(Mat into) {
        return capture.read(into);
      }

      @Override
      public void close() {
        capture.release();
      }
    };
  }
}
