package jp.kazashi.reader.face;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import jp.kazashi.reader.myna.PortraitReading;
import jp.kazashi.reader.visit.FaceCheck;
import jp.kazashi.reader.visit.FaceCheck.Verdict.Unconfirmed;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.opencv.core.Core;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/**
 * Everything bad that is put before a terminal, from camera and card to the verdict, with real
 * networks: each has its own reason, none is a match, and all come to an end.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class BadInputTest {

  private static final int HEIGHT = 720;
  private static final Duration FROM_FRAME_TO_FRAME = Duration.ofMillis(350);
  private static final FaceAtTerminal.Limits ONE_LOOK =
      new FaceAtTerminal.Limits(1, Duration.ofMillis(2_500));

  private @Nullable FaceNetworks loaded;
  private @Nullable ChildDecoder decoder;
  private final List<FaceAtTerminal.Told> told = new ArrayList<>();
  private long now;

  /** What a camera may see of, or instead of, the holder of the card. */
  @SuppressWarnings("ImmutableEnumChecker") // the functions hold nothing
  enum Scene {
    NOBODY(FaceReason.NO_FACE, holder -> new Mat(HEIGHT, 960, holder.type(), Scalar.all(140))),
    TWO_OF_THEM(FaceReason.SEVERAL_FACES, Scene::beside),
    FAR_AWAY(FaceReason.TOO_FAR, holder -> inTheMiddle(holder, 60)),
    TOO_FAR_TO_BE_FOUND(FaceReason.TOO_FAR, holder -> inTheMiddle(holder, 52)),
    IN_THE_DARK(FaceReason.TOO_DARK, holder -> times(holder, 0.16)),
    MOVING(FaceReason.BLURRED, Scene::blurred),
    LYING(FaceReason.TILTED, Scene::turned),
    SCREEN(FaceReason.NOT_LIVE, holder -> shown(holder, new DrawnScreen(0.75, 0.06, 15))),
    /** With a white margin; it looks alive to the networks, and does not move. */
    PRINTED_PHOTOGRAPH(
        FaceReason.CHALLENGE_NOT_FOLLOWED,
        holder -> shown(holder, new DrawnScreen(0.75, 0.06, 235))),
    LENS_COVERED(FaceReason.BLACK, holder -> times(holder, 0));

    private final FaceReason reason;
    private final UnaryOperator<Mat> made;

    Scene(FaceReason reason, UnaryOperator<Mat> made) {
      this.reason = reason;
      this.made = made;
    }

    private static Mat beside(Mat holder) {
      Mat both = new Mat();
      Core.hconcat(List.of(holder, holder), both);
      return both;
    }

    private static Mat inTheMiddle(Mat holder, int height) {
      Mat small = new Mat();
      double factor = (double) height / holder.rows();
      Imgproc.resize(holder, small, new Size(), factor, factor, Imgproc.INTER_AREA);
      Mat room = new Mat(HEIGHT, 960, holder.type(), Scalar.all(170));
      int x = (room.cols() - small.cols()) / 2;
      int y = (room.rows() - small.rows()) / 2;
      small.copyTo(room.submat(y, y + small.rows(), x, x + small.cols()));
      return room;
    }

    private static Mat times(Mat holder, double light) {
      Mat darker = new Mat();
      holder.convertTo(darker, -1, light, 0);
      return darker;
    }

    private static Mat blurred(Mat holder) {
      Mat blurred = new Mat();
      Imgproc.GaussianBlur(holder, blurred, new Size(0, 0), 8);
      return blurred;
    }

    private static Mat turned(Mat holder) {
      Mat turned = new Mat();
      Core.rotate(holder, turned, Core.ROTATE_90_CLOCKWISE);
      return turned;
    }

    private static Mat shown(Mat holder, DrawnScreen screen) {
      return screen.showing(new Pixels(holder)).bgr();
    }
  }

  @BeforeAll
  void load() {
    loaded = SharedFaces.networks();
    decoder = new ChildDecoder(SharedFaces.library());
  }

  @AfterAll
  void close() {
    if (decoder != null) {
      decoder.close();
    }
  }

  @Test
  void holderBeforeTheCameraIsAMatch() {
    assertThat(compare(matcher(), card(), true, holder -> holder))
        .isInstanceOf(FaceCheck.Verdict.Match.class);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNotTheHolderAloneInGoodLightHasItsOwnReason(Scene scene) {
    FaceCheck.Verdict verdict = compare(matcher(), card(), true, scene.made);

    assertThat(verdict)
        .isEqualTo(scene == Scene.LENS_COVERED ? Unconfirmed.NO_CAMERA : Unconfirmed.NOT_SURE);
    assertThat(told.getLast().reason()).contains(scene.reason);
  }

  @Test
  void cameraThatStandsStillConfirmsNobodyNotEvenTheHolder() {
    assertThat(compare(matcher(), card(), false, holder -> holder))
        .isEqualTo(Unconfirmed.NO_CAMERA);
    assertThat(told.getLast().reason()).contains(FaceReason.FROZEN);
  }

  @Test
  void portraitThatIsCutOffTooLargeOrAtOddsWithItselfIsNeverDecoded() {
    byte[] good = card();
    byte[] wider = good.clone();
    // The width in the header's box; the codestream says another.
    wider[indexOf(good, "ihdr") + 4 + 7]++;

    assertThat(unread(Arrays.copyOf(good, good.length - 40))).isEqualTo(FaceReason.TRUNCATED);
    assertThat(unread(wider)).isEqualTo(FaceReason.CONTRADICTORY);
    assertThat(unread(new byte[64 * 1024 * 1024])).isEqualTo(FaceReason.TOO_LARGE);
    assertThat(unread(new byte[0])).isEqualTo(FaceReason.EMPTY);
  }

  @Test
  void portraitWhoseInsideIsSpoiledConfirmsNobody() {
    byte[] good = card();
    for (int seed = 0; seed < 3; seed++) {
      byte[] spoiled = good.clone();
      SplittableRandom random = new SplittableRandom(seed);
      for (int i = 0; i < 400; i++) {
        spoiled[good.length / 8 + random.nextInt(good.length * 3 / 4)] = (byte) random.nextInt();
      }

      assertThat(compare(matcher(child()), spoiled, true, holder -> holder))
          .isInstanceOf(Unconfirmed.class);
    }
  }

  @Test
  void networkWithAnotherHashComparesNobodyAndSaysWhatToDo(@TempDir Path folder) throws Exception {
    try (var files = Files.list(SharedFaces.MODELS)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    String changed = "face-reidentification-retail-0095.fp16.onnx";
    byte[] network = Files.readAllBytes(folder.resolve(changed));
    network[network.length / 2] ^= 1;
    Files.write(folder.resolve(changed), network);
    Terms terms =
        new Terms(
            folder,
            Terms.USUAL_EMBEDDER,
            FacePolicy.atTerminal(Calibration.Profile.USUAL, FacePolicy.Liveness.PASSIVE));

    FaceMatcher matcher = terms.matcher(child(), new SplittableRandom(1));

    assertThat(matcher.capability())
        .isInstanceOfSatisfying(
            FaceMatcher.Capability.Unavailable.class,
            unavailable ->
                assertThat(unavailable.remedies())
                    .singleElement()
                    .asString()
                    .startsWith(changed + " is not what it should be")
                    .endsWith("install it again."));
    assertThat(compare(matcher, card(), true, holder -> holder)).isEqualTo(Unconfirmed.CANNOT_READ);
    assertThat(told.getLast().reason()).contains(FaceReason.UNAVAILABLE);
  }

  // ---------------------------------------------------------------- what it takes

  /** Decodes here what was encoded here: no process is waited for. */
  private FaceMatcher matcher() {
    return matcher(Pixels::decoded);
  }

  private FaceMatcher matcher(PortraitDecoder by) {
    return new OnnxFaceMatcher(
        networks(),
        by,
        FacePolicy.atTerminal(Calibration.Profile.USUAL, FacePolicy.Liveness.PASSIVE),
        networks().model().calibration(Calibration.Profile.USUAL).orElseThrow(),
        new SplittableRandom(1));
  }

  private ChildDecoder child() {
    return Objects.requireNonNull(decoder);
  }

  private FaceNetworks networks() {
    return Objects.requireNonNull(loaded);
  }

  private byte[] card() {
    return new FaceProbe(networks()).cardOf(SharedFaces.photograph("obama2.jpg")).orElseThrow();
  }

  private FaceReason unread(byte[] portrait) {
    assertThat(compare(matcher(child()), portrait, true, holder -> holder))
        .isEqualTo(Unconfirmed.CANNOT_READ);
    return told.getLast().reason().orElseThrow();
  }

  private FaceCheck.Verdict compare(
      FaceMatcher matcher, byte[] portrait, boolean lives, UnaryOperator<Mat> scene) {
    try (Pixels photograph = SharedFaces.pixels("obama.jpg")) {
      Mat holder = new Mat();
      double factor = (double) HEIGHT / photograph.height();
      Imgproc.resize(photograph.bgr(), holder, new Size(), factor, factor, Imgproc.INTER_AREA);
      Mat picture = scene.apply(holder);
      return new FaceAtTerminal(
              matcher,
              () -> new FakeCamera(picture, lives),
              ONE_LOOK,
              new FacePreview(),
              told::add,
              () -> now)
          .compare(
              new PortraitReading.Read(portrait, PortraitReading.Origin.NOT_VERIFIED), () -> true);
    }
  }

  private static int indexOf(byte[] bytes, String word) {
    return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(word);
  }

  /** Of the same scene, with the noise of a sensor or without. */
  private final class FakeCamera implements Camera {
    private final Mat picture;
    private final boolean lives;
    private int shown;

    FakeCamera(Mat picture, boolean lives) {
      this.picture = picture;
      this.lives = lives;
    }

    @Override
    public Optional<Pixels> next(Duration patience) {
      now += FROM_FRAME_TO_FRAME.toNanos();
      Mat frame = new Mat();
      picture.convertTo(frame, -1, 1, lives ? shown++ % 2 : 0);
      return Optional.of(new Pixels(frame));
    }

    @Override
    public void close() {}
  }
}
