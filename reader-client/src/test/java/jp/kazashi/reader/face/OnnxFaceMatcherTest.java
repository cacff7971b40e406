package jp.kazashi.reader.face;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.opencv.core.Core;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.core.Point;
import org.opencv.core.Rect;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.imgproc.Imgproc;

/** With real networks and photographs, where they are; skipped where they are not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OnnxFaceMatcherTest {

  private @Nullable FaceNetworks loaded;
  private @Nullable ChildDecoder decoder;

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

  private FaceNetworks networks() {
    return Objects.requireNonNull(loaded);
  }

  private ChildDecoder decoder() {
    return Objects.requireNonNull(decoder);
  }

  private Calibration calibration() {
    return networks().model().calibration(Calibration.Profile.USUAL).orElseThrow();
  }

  // ---------------------------------------------------------------- pictures

  @Test
  void twoPicturesOfOnePersonMatchAndOfTwoPersonsDoNot() {
    assertThat(compare("obama.jpg", "obama2.jpg").decision())
        .isInstanceOf(FaceDecision.Match.class);
    assertThat(compare("obama.jpg", "biden.jpg").decision())
        .isInstanceOf(FaceDecision.NoMatch.class);
    assertThat(compare("biden.jpg", "obama2.jpg").decision())
        .isInstanceOf(FaceDecision.NoMatch.class);
  }

  @Test
  void portraitOfACardMatchesItsHolderAndNobodyElse() {
    byte[] portrait = card("obama2.jpg");

    assertThat(compare(portrait.clone(), SharedFaces.photograph("obama.jpg")).decision())
        .isInstanceOf(FaceDecision.Match.class);
    assertThat(compare(portrait.clone(), SharedFaces.photograph("biden.jpg")).decision())
        .isInstanceOf(FaceDecision.NoMatch.class);
  }

  @Test
  void everyBadPictureHasItsOwnReasonAndNoneIsAMatch() {
    assertThat(reason(picture -> one(new Mat(600, 600, picture.type(), Scalar.all(140)))))
        .isEqualTo(FaceReason.NO_FACE);
    assertThat(reason(picture -> beside(picture, picture))).isEqualTo(FaceReason.SEVERAL_FACES);
    assertThat(reason(picture -> resized(picture, 0.1))).isEqualTo(FaceReason.TOO_FAR);
    assertThat(reason(picture -> scaled(picture, 0.12))).isEqualTo(FaceReason.TOO_DARK);
    assertThat(reason(OnnxFaceMatcherTest::blurred)).isEqualTo(FaceReason.BLURRED);
    assertThat(reason(OnnxFaceMatcherTest::sideways)).isIn(FaceReason.TILTED, FaceReason.NO_FACE);
    assertThat(reason(this::masked)).isEqualTo(FaceReason.COVERED);
  }

  @Test
  void fileThatIsNoPictureOrTooMuchOfOneCannotBeRead() {
    byte[] good = SharedFaces.photograph("obama.jpg");

    assertThat(unread(new byte[0])).isEqualTo(FaceReason.EMPTY);
    assertThat(unread("no picture".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(FaceReason.NOT_AN_IMAGE);
    assertThat(unread(new byte[64 * 1024 * 1024])).isEqualTo(FaceReason.TOO_LARGE);
    assertThat(unread(Arrays.copyOf(good, 20))).isEqualTo(FaceReason.TRUNCATED);
    // Enough of it is there to show a face.
    assertThat(unread(Arrays.copyOf(good, good.length * 9 / 10))).isEqualTo(FaceReason.TRUNCATED);
    byte[] portrait = card("obama.jpg");
    assertThat(unread(Arrays.copyOf(portrait, portrait.length / 2)))
        .isEqualTo(FaceReason.TRUNCATED);
    assertThat(unread(png(60_000, 60_000))).isEqualTo(FaceReason.SIZE_NOT_ALLOWED);
  }

  private static byte[] png(int width, int height) {
    return ByteBuffer.allocate(64)
        .putLong(0x89504E470D0A1A0AL)
        .putInt(13)
        .putInt(0x49484452)
        .putInt(width)
        .putInt(height)
        .position(50)
        .put("IEND".getBytes(StandardCharsets.US_ASCII))
        .array();
  }

  // ---------------------------------------------------------------- a person

  @Test
  void threeFramesOfTheHolderMatch() {
    try (FaceMatcher.Comparison comparison = enrolled(FacePolicy.Liveness.PASSIVE);
        Pixels frame = SharedFaces.pixels("obama.jpg")) {
      assertThat(comparison.look(frame, 0)).isInstanceOf(FaceMatcher.Glance.Taken.class);
      // Too soon after the first one.
      assertThat(comparison.look(frame, millis(50))).isInstanceOf(FaceMatcher.Glance.Taken.class);
      assertThat(comparison.look(frame, millis(400))).isInstanceOf(FaceMatcher.Glance.Taken.class);
      assertThat(comparison.decide())
          .isEqualTo(new FaceDecision.NotSure(FaceReason.TOO_FEW_FRAMES));
      assertThat(comparison.look(frame, millis(800))).isInstanceOf(FaceMatcher.Glance.Enough.class);
      assertThat(comparison.decide()).isInstanceOf(FaceDecision.Match.class);
    }
  }

  @Test
  void whoTakesThePlaceOfAnotherStartsAnew() {
    try (FaceMatcher.Comparison comparison = enrolled(FacePolicy.Liveness.PASSIVE);
        Pixels holder = SharedFaces.pixels("obama.jpg");
        Pixels other = SharedFaces.pixels("biden.jpg")) {
      comparison.look(holder, 0);
      comparison.look(holder, millis(400));
      assertThat(comparison.look(other, millis(800)))
          .isEqualTo(new FaceMatcher.Glance.Refused(FaceReason.OTHER_PERSON));
      assertThat(comparison.look(holder, millis(1_200)))
          .isInstanceOf(FaceMatcher.Glance.Taken.class);
    }
  }

  @Test
  void pictureThatDoesNotMoveIsNotSureWhereMovesAreAsked() {
    try (FaceMatcher.Comparison comparison = enrolled(FacePolicy.Liveness.ACTIVE);
        Pixels frame = SharedFaces.pixels("obama.jpg")) {
      for (int i = 0; i < 12; i++) {
        assertThat(comparison.look(frame, millis(100L * i)))
            .isInstanceOf(FaceMatcher.Glance.Asked.class);
      }
      assertThat(comparison.decide())
          .isEqualTo(new FaceDecision.NotSure(FaceReason.CHALLENGE_NOT_FOLLOWED));
    }
  }

  @Test
  void pictureShownOnAScreenIsNotAlive() {
    try (FaceMatcher.Comparison comparison = enrolled(FacePolicy.Liveness.PASSIVE);
        Pixels frame = onAScreen(SharedFaces.pixels("obama.jpg"))) {
      for (int i = 0; i < 3; i++) {
        comparison.look(frame, millis(400L * i));
      }
      assertThat(comparison.decide()).isEqualTo(new FaceDecision.NotSure(FaceReason.NOT_LIVE));
    }
  }

  @Test
  void noDrawnScreenLetsAPictureThroughAndNoWholePhotographIsInDoubt() {
    FaceProbe probe = new FaceProbe(networks());
    for (String name : List.of("obama.jpg", "obama2.jpg", "biden.jpg")) {
      assertThat(probe.liveness(SharedFaces.photograph(name)).orElseThrow().standing())
          .as(name)
          .isEqualTo("ALIVE");
      assertThat(probe.onScreens(SharedFaces.photograph(name)))
          .as(name)
          .hasSize(DrawnScreen.ALL.size())
          .noneMatch(looks -> looks.standing().equals("ALIVE"));
    }
  }

  @Test
  void networkThatTakesEverybodyForTheSameIsRefusedWhenItIsLoaded(@TempDir Path folder)
      throws IOException {
    for (String file : List.of("face_detection_yunet_2023mar.onnx", "stub-sface-112.onnx")) {
      Files.copy(SharedFaces.MODELS.resolve(file), folder.resolve(file));
    }
    byte[] stub = Files.readAllBytes(folder.resolve("stub-sface-112.onnx"));
    FaceModel sface = FaceManifest.builtIn().named("sface-2021dec").orElseThrow();
    FaceModel detector = FaceManifest.builtIn().of(FaceModel.Role.DETECTOR).getFirst();
    FaceModel random =
        new FaceModel(
            "stub",
            FaceModel.Role.EMBEDDER,
            "stub-sface-112.onnx",
            stub.length,
            ModelStore.sha256(stub),
            "own",
            "generated",
            "random weights",
            sface.embedding(),
            null,
            null);

    FaceNetworks.Loading loading =
        FaceNetworks.load(
            new FaceManifest(List.of(detector, random)), new ModelStore(folder), "stub");

    assertThat(((FaceNetworks.Loading.Failed) loading).remedies())
        .containsExactly("stub is broken: it takes two faces for one.");
  }

  // ---------------------------------------------------------------- privacy

  /** What may be left of a face: its portrait, its embedding, its pictures. */
  @Test
  void nothingOfAFaceIsLeftInTheHeapNorInAnyFile(@TempDir Path folder) throws Exception {
    byte[] portrait = card("obama2.jpg");
    byte[] traceOfPortrait = Arrays.copyOfRange(portrait, 200, 232);
    Set<Path> before = files();
    OnnxFaceMatcher matcher = matcher(FacePolicy.Liveness.PASSIVE);
    byte[] given = portrait.clone();
    byte[] traceOfEmbedding;
    try (Pixels frame = SharedFaces.pixels("obama.jpg");
        FaceMatcher.Comparison comparison =
            ((FaceMatcher.Enrolment.Enrolled) matcher.enrol(given)).comparison()) {
      for (int i = 0; i < 3; i++) {
        comparison.look(frame, millis(400L * i));
      }
      comparison.decide();
      traceOfEmbedding = embeddingBytes(frame);
    }
    assertThat(given).containsOnly(0);
    Arrays.fill(portrait, (byte) 0);
    assertThat(files()).isEqualTo(before);

    byte[] marker = "a marker that the heap does hold".getBytes(StandardCharsets.US_ASCII);
    byte[] hidden = inverted(traceOfPortrait);
    byte[] hiddenEmbedding = inverted(traceOfEmbedding);
    byte[] hiddenMarker = inverted(marker);
    Arrays.fill(traceOfPortrait, (byte) 0);
    Arrays.fill(traceOfEmbedding, (byte) 0);
    Path dump = folder.resolve("heap.hprof");
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .dumpHeap(dump.toString(), true);
    byte[] heap = Files.readAllBytes(dump);

    assertThat(holds(heap, hiddenMarker)).as("the search finds what is there").isTrue();
    assertThat(holds(heap, hidden)).as("the portrait").isFalse();
    assertThat(holds(heap, hiddenEmbedding)).as("the embedding").isFalse();
    assertThat(marker).isNotEmpty();
  }

  @Test
  void imagesAndEmbeddingsAreWipedWhenTheyAreClosed() {
    Pixels picture = SharedFaces.pixels("obama.jpg");
    Embedding embedding =
        new FaceProbe(networks()).embedding(SharedFaces.photograph("obama.jpg")).orElseThrow();
    Mat sameMemory = picture.bgr().submat(new Rect(0, 0, 8, 8));

    assertThat(Core.norm(sameMemory)).isPositive();
    picture.close();
    embedding.close();

    assertThat(Core.norm(sameMemory)).isZero();
    assertThat(picture.isWiped()).isTrue();
    assertThat(embedding.isWiped()).isTrue();
  }

  /** As a float array of Java's would lie in a dump. */
  private byte[] embeddingBytes(Pixels frame) {
    FoundFace face = networks().find(frame).getFirst();
    try (Pixels aligned = networks().aligned(frame, face);
        Embedding embedding = networks().embed(aligned)) {
      float[] numbers = new float[8];
      Mat part = embedding.unit().colRange(0, 8);
      part.get(0, 0, numbers);
      part.release();
      ByteBuffer bytes = ByteBuffer.allocate(32);
      for (float number : numbers) {
        bytes.putFloat(number);
      }
      Arrays.fill(numbers, 0);
      return bytes.array();
    }
  }

  /** What is searched for must not be in the heap because it is searched for. */
  private static byte[] inverted(byte[] bytes) {
    byte[] inverted = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      inverted[i] = (byte) ~bytes[i];
    }
    return inverted;
  }

  private static boolean holds(byte[] heap, byte[] inverted) {
    for (int at = 0; at <= heap.length - inverted.length; at++) {
      int i = 0;
      while (i < inverted.length && heap[at + i] == (byte) ~inverted[i]) {
        i++;
      }
      if (i == inverted.length) {
        return true;
      }
    }
    return false;
  }

  /** Where programs leave what they do not want to lose. */
  private static Set<Path> files() throws IOException {
    Set<Path> files = new TreeSet<>();
    for (Path folder : List.of(Path.of(System.getProperty("java.io.tmpdir")), Path.of(""))) {
      try (Stream<Path> all = Files.list(folder)) {
        all.filter(file ->
                file.getFileName()
                    .toString()
                    .matches("(?i).*(jp2|jpe?g|png|hprof|core|hs_err|opencv|face).*"))
            .forEach(files::add);
      }
    }
    return files;
  }

  // ---------------------------------------------------------------- what it takes

  private OnnxFaceMatcher matcher(FacePolicy.Liveness liveness) {
    return new OnnxFaceMatcher(
        networks(),
        decoder(),
        FacePolicy.atTerminal(Calibration.Profile.USUAL, liveness),
        calibration(),
        new SplittableRandom(1));
  }

  private FaceMatcher.Comparison enrolled(FacePolicy.Liveness liveness) {
    return ((FaceMatcher.Enrolment.Enrolled) matcher(liveness).enrol(card("obama2.jpg")))
        .comparison();
  }

  private byte[] card(String name) {
    return new FaceProbe(networks()).cardOf(SharedFaces.photograph(name)).orElseThrow();
  }

  private Pictures.Result compare(String a, String b) {
    return compare(SharedFaces.photograph(a), SharedFaces.photograph(b));
  }

  private Pictures.Result compare(byte[] a, byte[] b) {
    return new Pictures(
            networks(),
            decoder(),
            calibration(),
            FacePolicy.ofPictures(Calibration.Profile.USUAL),
            System::nanoTime)
        .compare(a, b);
  }

  /** Of the same person, spoiled. */
  private FaceReason reason(UnaryOperator<Mat> spoiling) {
    try (Pixels picture = SharedFaces.pixels("obama.jpg")) {
      Mat spoiled = spoiling.apply(picture.bgr());
      MatOfByte packed = new MatOfByte();
      Imgcodecs.imencode(".png", spoiled, packed);
      Pictures.Result result = compare(SharedFaces.photograph("obama.jpg"), packed.toArray());
      assertThat(result.decision()).isInstanceOf(FaceDecision.NotSure.class);
      return ((FaceDecision.NotSure) result.decision()).reason();
    }
  }

  private FaceReason unread(byte[] picture) {
    Pictures.Result result = compare(SharedFaces.photograph("obama.jpg"), picture);
    assertThat(result.which()).isEqualTo("B");
    return ((FaceDecision.CannotRead) result.decision()).reason();
  }

  private static Mat one(Mat picture) {
    return picture;
  }

  private static Mat beside(Mat left, Mat right) {
    Mat both = new Mat();
    Core.hconcat(new ArrayList<>(List.of(left, right)), both);
    return both;
  }

  private static Mat resized(Mat picture, double factor) {
    Mat small = new Mat();
    Imgproc.resize(picture, small, new Size(), factor, factor, Imgproc.INTER_AREA);
    return small;
  }

  private static Mat scaled(Mat picture, double light) {
    Mat dark = new Mat();
    picture.convertTo(dark, -1, light, 0);
    return dark;
  }

  private static Mat blurred(Mat picture) {
    Mat blurred = new Mat();
    Imgproc.GaussianBlur(picture, blurred, new Size(0, 0), 14);
    return blurred;
  }

  private static Mat sideways(Mat picture) {
    Mat turned = new Mat();
    Core.rotate(picture, turned, Core.ROTATE_90_CLOCKWISE);
    return turned;
  }

  /** A mask of paper, over nose and mouth. */
  private Mat masked(Mat picture) {
    FoundFace face = networks().find(new Pixels(picture.clone())).getFirst();
    Mat masked = picture.clone();
    double[] marks = face.marks();
    double eyes = face.eyeDistance();
    Point middle = new Point((marks[6] + marks[8]) / 2, (marks[5] + (marks[7] + marks[9]) / 2) / 2);
    Imgproc.ellipse(
        masked,
        middle,
        new Size(eyes * 0.85, eyes * 0.62),
        0,
        0,
        360,
        new Scalar(230, 190, 120),
        -1);
    return masked;
  }

  /** Between the dark edges of a tablet, in a room; no attack that anybody would call one. */
  private static Pixels onAScreen(Pixels picture) {
    try (picture) {
      Mat small = new Mat();
      Imgproc.resize(picture.bgr(), small, new Size(), 0.8, 0.8, Imgproc.INTER_AREA);
      Mat room = new Mat(1100, 1600, small.type(), new Scalar(150, 165, 170));
      int x = (room.cols() - small.cols()) / 2;
      int y = (room.rows() - small.rows()) / 2;
      Imgproc.rectangle(
          room,
          new Rect(x - 60, y - 60, small.cols() + 120, small.rows() + 120),
          Scalar.all(15),
          -1);
      small.copyTo(room.submat(new Rect(x, y, small.cols(), small.rows())));
      return new Pixels(room);
    }
  }

  private static long millis(long millis) {
    return Duration.ofMillis(millis).toNanos();
  }
}
