package jp.kazashi.reader.face;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;

@Timeout(30)
class CameraTest {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final FileCamera.Pace AT_ONCE = new FileCamera.Pace(Duration.ZERO, false);

  @TempDir Path folder;

  @BeforeAll
  static void load() {
    SharedFaces.library();
  }

  @Test
  void cameraThatIsUnpluggedAndPluggedInAgainGoesOn() {
    Deque<FakeLens> lenses =
        new ArrayDeque<>(
            List.of(new FakeLens(true, 3), new FakeLens(false, 0), new FakeLens(true, 1_000_000)));
    AtomicInteger opened = new AtomicInteger();
    try (Camera camera =
        new VideoCamera(
            () -> {
              opened.incrementAndGet();
              return lenses.size() > 1 ? lenses.poll() : lenses.element();
            },
            Duration.ofMillis(1))) {
      for (int i = 0; i < 20; i++) {
        Optional<Pixels> picture = camera.next(PATIENCE);
        assertThat(picture).isPresent();
        picture.orElseThrow().close();
      }
    }
    assertThat(opened.get()).isGreaterThanOrEqualTo(3);
  }

  @Test
  void cameraThatIsNotThereGivesNothingAndDoesNotHang() {
    try (Camera camera = new VideoCamera(() -> new FakeLens(false, 0), Duration.ofMillis(1))) {
      assertThat(camera.next(Duration.ofMillis(50))).isEmpty();
    }
  }

  @Test
  void coveredCameraAndOneThatHangsAreToldFromAnEmptyRoom() {
    try (CameraWatch watch = new CameraWatch();
        Pixels black = plain(2)) {
      assertThat(watch.objection(black)).contains(FaceReason.BLACK);
    }
    try (CameraWatch watch = new CameraWatch();
        Pixels still = plain(120)) {
      Optional<FaceReason> last = Optional.empty();
      for (int i = 0; i < 10; i++) {
        last = watch.objection(still);
      }
      assertThat(last).contains(FaceReason.FROZEN);
    }
    try (CameraWatch watch = new CameraWatch()) {
      for (int i = 0; i < 10; i++) {
        try (Pixels alive = plain(120 + i % 2)) {
          assertThat(watch.objection(alive)).isEmpty();
        }
      }
    }
  }

  @Test
  void fileCameraShowsItsFolderInTurnAndAnEmptyRoomWhereThereIsNone() throws Exception {
    try (Pixels one = plain(60);
        Pixels other = plain(200)) {
      Files.write(folder.resolve("1.jpg"), one.jpeg());
      Files.write(folder.resolve("2.jpg"), other.jpeg());
    }
    try (Camera camera = new FileCamera(folder, AT_ONCE, System::nanoTime)) {
      for (double expected : new double[] {60, 200, 60}) {
        try (Pixels picture = camera.next(PATIENCE).orElseThrow()) {
          assertThat(Core.mean(picture.bgr()).val[0]).isBetween(expected - 5, expected + 5);
        }
      }
    }
    try (Camera nobody = new FileCamera(folder.resolve("nobody"), AT_ONCE, System::nanoTime);
        Pixels room = nobody.next(PATIENCE).orElseThrow()) {
      assertThat(room.width()).isEqualTo(640);
    }
  }

  private static Pixels plain(int level) {
    return new Pixels(new Mat(480, 640, CvType.CV_8UC3, Scalar.all(level)));
  }

  /** Gives that many pictures and is then unplugged. */
  private static final class FakeLens implements VideoCamera.Lens {
    private final boolean open;
    private int left;

    FakeLens(boolean open, int left) {
      this.open = open;
      this.left = left;
    }

    @Override
    public boolean isOpen() {
      return open;
    }

    @Override
    public boolean read(Mat into) {
      if (left-- <= 0) {
        return false;
      }
      into.create(8, 8, CvType.CV_8UC3);
      return true;
    }

    @Override
    public void close() {}
  }
}
