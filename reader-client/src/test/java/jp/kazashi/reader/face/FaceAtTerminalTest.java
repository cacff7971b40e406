package jp.kazashi.reader.face;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import jp.kazashi.jpki.statement.VerificationMethod;
import jp.kazashi.reader.link.FaceCalibration;
import jp.kazashi.reader.myna.CardIssuers;
import jp.kazashi.reader.myna.PinlessAuthorizer;
import jp.kazashi.reader.myna.PortraitReading;
import jp.kazashi.reader.visit.FaceCheck;
import jp.kazashi.reader.visit.FaceCheck.Verdict.Unconfirmed;
import jp.kazashi.reader.visit.Means;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;

/** How one person is looked at, with a made-up matcher, camera and clock. */
@Timeout(30)
class FaceAtTerminalTest {

  private static final FaceDecision.Score SCORE = new FaceDecision.Score(0.6, 0.54, 3, "test");
  private static final FaceCheck.Verdict MATCHED =
      new FaceCheck.Verdict.Match(new FaceCalibration("test"));
  private static final FaceDecision MATCH = new FaceDecision.Match(SCORE);
  private static final FaceDecision NO_MATCH = new FaceDecision.NoMatch(SCORE);

  private final List<FaceAtTerminal.Told> told = new ArrayList<>();
  private final FacePreview preview = new FacePreview();
  private final FakeMatcher matcher = new FakeMatcher();
  private long now;
  private int level;
  private boolean cardIsThere = true;

  @BeforeAll
  static void load() {
    SharedFaces.library();
  }

  @Test
  void firstMatchEndsTheLooking() {
    matcher.decisions.addAll(List.of(NO_MATCH, MATCH));

    assertThat(compare(this::picture)).isEqualTo(MATCHED);
    assertThat(told)
        .containsExactly(
            new FaceAtTerminal.Told(
                "MATCH",
                Optional.empty(),
                Optional.of(PortraitReading.Origin.SIGNED),
                "fake-model",
                "fake-calibration",
                2));
    assertThat(matcher.closed).isTrue();
  }

  @Test
  void threeAttemptsAreAllThereAre() {
    matcher.decisions.addAll(List.of(NO_MATCH, NO_MATCH, NO_MATCH, MATCH));

    assertThat(compare(this::picture)).isEqualTo(Unconfirmed.NO_MATCH);
    assertThat(told.getFirst().attempts()).isEqualTo(3);
  }

  @Test
  void twentySecondsAreAllThereIsAndTheLastReasonIsKept() {
    matcher.glance = new FaceMatcher.Glance.Refused(FaceReason.TOO_FAR);

    assertThat(compare(this::picture)).isEqualTo(Unconfirmed.NOT_SURE);
    assertThat(now).isBetween(Duration.ofSeconds(20).toNanos(), Duration.ofSeconds(21).toNanos());
    assertThat(told.getFirst().reason()).contains(FaceReason.TOO_FAR);
  }

  @Test
  void whoTakesTheirCardIsLookedAtNoMore() {
    matcher.glance = new FaceMatcher.Glance.Refused(FaceReason.TOO_FAR);
    List<Pixels> seen = new ArrayList<>();

    FaceCheck.Verdict verdict =
        compare(() -> {
          cardIsThere = false;
          Optional<Pixels> picture = picture();
          picture.ifPresent(seen::add);
          return picture;
        });

    assertThat(verdict).isEqualTo(Unconfirmed.NOT_SURE);
    assertThat(seen).hasSize(1);
  }

  @Test
  void cameraThatIsNotThereEndsInItsOwnReason() {
    assertThat(
            compare(() -> {
              now += Duration.ofMillis(700).toNanos();
              return Optional.empty();
            }))
        .isEqualTo(Unconfirmed.NO_CAMERA);
    assertThat(told.getFirst().reason()).contains(FaceReason.NO_CAMERA);
  }

  @Test
  void coveredCameraIsNotShownToTheMatcher() {
    assertThat(
            compare(() -> {
              now += Duration.ofMillis(66).toNanos();
              return Optional.of(plain(0));
            }))
        .isEqualTo(Unconfirmed.NO_CAMERA);
    assertThat(told.getFirst().reason()).contains(FaceReason.BLACK);
    assertThat(matcher.looks).isZero();
  }

  @Test
  void whoWatchesSeesEachPictureAndHearsWhatToDo() throws Exception {
    matcher.decisions.add(MATCH);
    List<byte[]> seen = new ArrayList<>();
    List<FaceMatcher.Glance> heard = new ArrayList<>();
    try (AutoCloseable _ = preview.watch(seen::add);
        AutoCloseable _ = preview.hear(heard::add)) {
      assertThat(compare(this::picture)).isEqualTo(MATCHED);
    }

    assertThat(seen).hasSize(1);
    assertThat(ImageHeader.judge(seen.getFirst())).isInstanceOf(ImageHeader.Judgement.Fine.class);
    assertThat(heard).containsExactly(new FaceMatcher.Glance.Enough());
  }

  @Test
  void whatAnAttemptCameToIsLeftToBeReadWhileTheNextOneBegins() throws Exception {
    matcher.decisions.addAll(List.of(new FaceDecision.NotSure(FaceReason.NOT_LIVE), MATCH));
    matcher.glances.addAll(
        List.of(
            new FaceMatcher.Glance.Enough(),
            new FaceMatcher.Glance.Taken(),
            new FaceMatcher.Glance.Refused(FaceReason.TOO_FAR)));
    List<FaceMatcher.Glance> heard = new ArrayList<>();
    try (AutoCloseable _ = preview.hear(heard::add)) {
      assertThat(compare(this::picture)).isEqualTo(MATCHED);
    }

    assertThat(heard)
        .containsExactly(
            new FaceMatcher.Glance.Enough(),
            new FaceMatcher.Glance.Refused(FaceReason.NOT_LIVE),
            new FaceMatcher.Glance.Refused(FaceReason.TOO_FAR),
            new FaceMatcher.Glance.Enough());
  }

  @Test
  void portraitThatIsNotToBeBelievedIsWrittenDownWithWhy() {
    terminal(matcher, this::picture)
        .distrust(new PortraitReading.Distrusted(PortraitReading.Doubt.SIGNATURE_BROKEN));

    assertThat(told)
        .containsExactly(
            new FaceAtTerminal.Told(
                "CANNOT_READ",
                Optional.of(FaceReason.SIGNATURE_BROKEN),
                Optional.empty(),
                "fake-model",
                "fake-calibration",
                0));
    assertThat(matcher.looks).isZero();
  }

  @Test
  void faceIsOfferedOnlyWhereItCanBeComparedNow() {
    CountDownLatch loading = new CountDownLatch(1);
    PreparingFaceMatcher preparing =
        new PreparingFaceMatcher(() -> {
          await(loading);
          return matcher;
        });

    assertThat(methods(preparing)).doesNotContain(VerificationMethod.FACE);
    assertThat(preparing.enrol(new byte[9]))
        .isEqualTo(new FaceMatcher.Enrolment.CannotRead(FaceReason.PREPARING));
    loading.countDown();
    assertThat(preparing.await()).isSameAs(matcher);
    assertThat(methods(preparing)).contains(VerificationMethod.FACE);
    assertThat(methods(new UnavailableFaceMatcher(List.of("Install it."))))
        .containsExactly(VerificationMethod.PIN);
  }

  @Test
  void terminalWhoseLibraryBreaksWhileLoadingComparesNobodyAndWorks() {
    PreparingFaceMatcher broken =
        new PreparingFaceMatcher(() -> {
          throw new UnsatisfiedLinkError("no library");
        });

    assertThat(broken.await().capability()).isInstanceOf(FaceMatcher.Capability.Unavailable.class);
    assertThat(methods(broken)).containsExactly(VerificationMethod.PIN);
  }

  private Set<VerificationMethod> methods(FaceMatcher of) {
    return new Means(
            PinlessAuthorizer.none(),
            Optional.of(
                new FaceCheck(Optional::empty, CardIssuers.none(), terminal(of, this::picture))),
            Optional.empty())
        .methods();
  }

  private FaceCheck.Verdict compare(Supplier<Optional<Pixels>> pictures) {
    return terminal(matcher, pictures)
        .compare(
            new PortraitReading.Read(new byte[] {1}, PortraitReading.Origin.SIGNED),
            () -> cardIsThere);
  }

  private FaceAtTerminal terminal(FaceMatcher of, Supplier<Optional<Pixels>> pictures) {
    return new FaceAtTerminal(
        of,
        () -> new FakeCamera(pictures),
        FaceAtTerminal.Limits.USUAL,
        preview,
        told::add,
        () -> now);
  }

  private Optional<Pixels> picture() {
    now += Duration.ofMillis(66).toNanos();
    return Optional.of(plain(100 + level++ % 50));
  }

  private static Pixels plain(int level) {
    return new Pixels(new Mat(48, 64, CvType.CV_8UC3, Scalar.all(level)));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private record FakeCamera(Supplier<Optional<Pixels>> pictures) implements Camera {
    @Override
    public Optional<Pixels> next(Duration patience) {
      return pictures.get();
    }

    @Override
    public void close() {}
  }

  private static final class FakeMatcher implements FaceMatcher, FaceMatcher.Comparison {
    private final Deque<FaceDecision> decisions = new ArrayDeque<>();
    private final Deque<Glance> glances = new ArrayDeque<>();
    private Glance glance = new Glance.Enough();
    private int looks;
    private boolean closed;

    @Override
    public Capability capability() {
      return new Capability.Ready("fake-model", "fake-calibration");
    }

    @Override
    public Enrolment enrol(byte[] portrait) {
      return new Enrolment.Enrolled(this);
    }

    @Override
    public Glance look(Pixels frame, long ticks) {
      looks++;
      return glances.isEmpty() ? glance : glances.remove();
    }

    @Override
    public void again() {}

    @Override
    public FaceDecision decide() {
      return decisions.remove();
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
