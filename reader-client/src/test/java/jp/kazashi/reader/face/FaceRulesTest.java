package jp.kazashi.reader.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The rules that need no network: gates, moves, thresholds, alignment and what counts support. */
class FaceRulesTest {

  private static final long MILLI = 1_000_000;
  private static final FaceMeasure GOOD = new FaceMeasure(90, 0.3, 0, 0.56, 0, 120, 120, 50, 4);

  // ---------------------------------------------------------------- gates

  @Test
  void goodFaceIsLetThrough() {
    assertThat(QualityGate.LIVE.objection(GOOD)).isEmpty();
  }

  @Test
  void eachFaultOfAPictureHasItsOwnReason() {
    Map<FaceReason, FaceMeasure> faults =
        Map.of(
            FaceReason.TOO_FAR, new FaceMeasure(40, 0.3, 0, 0.56, 0, 120, 120, 50, 4),
            FaceReason.TOO_CLOSE, new FaceMeasure(90, 0.9, 0, 0.56, 0, 120, 120, 50, 4),
            FaceReason.TOO_DARK, new FaceMeasure(90, 0.3, 0, 0.56, 0, 120, 30, 50, 4),
            FaceReason.TOO_BRIGHT, new FaceMeasure(90, 0.3, 0, 0.56, 0, 120, 240, 50, 4),
            FaceReason.FLAT, new FaceMeasure(90, 0.3, 0, 0.56, 0, 120, 120, 5, 4),
            FaceReason.TILTED, new FaceMeasure(90, 0.3, 0, 0.56, 40, 120, 120, 50, 4),
            FaceReason.TURNED_AWAY, new FaceMeasure(90, 0.3, 0.5, 0.56, 0, 120, 120, 50, 4),
            FaceReason.COVERED, new FaceMeasure(90, 0.3, 0, 0.56, 0, 120, 120, 50, 60),
            FaceReason.BLURRED, new FaceMeasure(90, 0.3, 0, 0.56, 0, 3, 120, 50, 4));

    faults.forEach(
        (reason, measure) -> assertThat(QualityGate.LIVE.objection(measure)).contains(reason));
  }

  @Test
  void everyReasonSaysSomethingElseToThePerson() {
    Set<String> english = new HashSet<>();
    Set<String> japanese = new HashSet<>();
    for (FaceReason reason : FaceReason.values()) {
      assertThat(english.add(reason.guidance().en())).as(reason.name()).isTrue();
      assertThat(japanese.add(reason.guidance().ja())).as(reason.name()).isTrue();
    }
  }

  @Test
  void twoFacesOfOneSizeAreTwoPersonsAndASmallOneBehindIsNot() {
    assertThat(QualityGate.choose(List.of(face(100), face(90))))
        .isEqualTo(new QualityGate.Choice.Nobody(FaceReason.SEVERAL_FACES));
    assertThat(QualityGate.choose(List.of(face(100), face(40))))
        .isInstanceOf(QualityGate.Choice.Chosen.class);
    assertThat(QualityGate.choose(List.of()))
        .isEqualTo(new QualityGate.Choice.Nobody(FaceReason.NO_FACE));
  }

  private static FoundFace face(double side) {
    return new FoundFace(0, 0, side, side, new double[10], 0.95);
  }

  // ---------------------------------------------------------------- moves

  @Test
  void turnsAndABlinkInTheOrderThatWasAskedAreTheWholeChallenge() {
    MoveWatch watch = new MoveWatch(List.of(Move.TURN_LEFT, Move.BLINK, Move.TURN_RIGHT));

    turn(watch, 0.3);
    assertThat(watch.asks()).contains(Move.BLINK);
    blink(watch, 0.15, 0.05);
    assertThat(watch.asks()).contains(Move.TURN_RIGHT);
    turn(watch, -0.3);
    assertThat(watch.asks()).isEmpty();
  }

  @Test
  void turnToTheOtherSideIsNotTheOneThatWasAsked() {
    MoveWatch watch = new MoveWatch(List.of(Move.TURN_LEFT));

    turn(watch, -0.4);

    assertThat(watch.asks()).contains(Move.TURN_LEFT);
  }

  @Test
  void headThatDoesNotComeBackHasNotTurnedYet() {
    MoveWatch watch = new MoveWatch(List.of(Move.TURN_LEFT));

    watch.see(0.3, OptionalDouble.empty(), 0);

    assertThat(watch.asks()).contains(Move.TURN_LEFT);
  }

  @Test
  void narrowEyesBlinkByTheirOwnMeasure() {
    MoveWatch wide = new MoveWatch(List.of(Move.BLINK));
    MoveWatch narrow = new MoveWatch(List.of(Move.BLINK));

    blink(wide, 0.32, 0.15);
    blink(narrow, 0.15, 0.07);

    assertThat(wide.asks()).isEmpty();
    assertThat(narrow.asks()).isEmpty();
  }

  @Test
  void pictureWhoseEyesNeverCloseDoesNotBlinkAndClosedEyesAreNoBlink() {
    MoveWatch picture = new MoveWatch(List.of(Move.BLINK));
    MoveWatch asleep = new MoveWatch(List.of(Move.BLINK));

    for (int i = 0; i < 100; i++) {
      picture.see(0, OptionalDouble.of(0.25), 66 * MILLI * i);
      asleep.see(0, OptionalDouble.of(i < 6 || i > 60 ? 0.25 : 0.05), 66 * MILLI * i);
    }

    assertThat(picture.asks()).contains(Move.BLINK);
    assertThat(asleep.asks()).contains(Move.BLINK);
  }

  @Test
  void orderOfTheMovesIsNotAlwaysTheSame() {
    Set<Optional<Move>> first = new HashSet<>();
    for (int seed = 0; seed < 50; seed++) {
      first.add(MoveWatch.inRandomOrder(new SplittableRandom(seed)).asks());
    }

    assertThat(first).hasSize(3);
  }

  private static void turn(MoveWatch watch, double farthest) {
    for (double yaw : new double[] {0, farthest / 2, farthest, farthest / 2, 0}) {
      watch.see(yaw, OptionalDouble.empty(), 0);
    }
  }

  private static void blink(MoveWatch watch, double open, double closed) {
    long at = 0;
    for (double eyes : new double[] {open, open, open, open, open, open, closed, closed, open}) {
      watch.see(0, OptionalDouble.of(eyes), at);
      at += 66 * MILLI;
    }
  }

  // ---------------------------------------------------------------- looks

  @Test
  void oneNetworkThatIsNotSureOrEdgesAroundTheFaceLeaveADoubt() {
    Liveness.Look sure = new Liveness.Look(List.of(0.95, 0.99), 0);
    Liveness.Look onlyOne = new Liveness.Look(List.of(0.65, 0.99), 0);
    Liveness.Look framed = new Liveness.Look(List.of(0.95, 0.99), 3);

    assertThat(Liveness.of(List.of(sure, sure, sure))).isEqualTo(Liveness.Standing.ALIVE);
    assertThat(Liveness.of(List.of(onlyOne, onlyOne, onlyOne))).isEqualTo(Liveness.Standing.UNSURE);
    assertThat(Liveness.of(List.of(framed, sure, framed))).isEqualTo(Liveness.Standing.UNSURE);
    // What passes behind somebody is no edge of theirs.
    assertThat(Liveness.of(List.of(framed, sure, sure))).isEqualTo(Liveness.Standing.ALIVE);
  }

  @Test
  void framesThatLookLikeAPictureAreOneWhateverIsAroundThem() {
    Liveness.Look picture = new Liveness.Look(List.of(0.2, 0.99), 0);

    assertThat(Liveness.of(List.of(picture, picture, picture)))
        .isEqualTo(Liveness.Standing.PICTURE);
    assertThat(Liveness.of(List.of(new Liveness.Look(List.of(), 0))))
        .isEqualTo(Liveness.Standing.PICTURE);
  }

  // ---------------------------------------------------------------- alignment

  @Test
  void turnedScaledAndMovedPointsComeBackToWhereTheyWere() {
    List<Double> reference =
        FaceManifest.builtIn().named(Terms.USUAL_EMBEDDER).orElseThrow().asEmbedding().reference();
    double[] points = new double[10];
    for (int i = 0; i < 5; i++) {
      double x = reference.get(2 * i);
      double y = reference.get(2 * i + 1);
      points[2 * i] = 3 * (Math.cos(0.4) * x - Math.sin(0.4) * y) + 50;
      points[2 * i + 1] = 3 * (Math.sin(0.4) * x + Math.cos(0.4) * y) - 20;
    }

    Alignment alignment = Alignment.of(points, reference);

    for (int i = 0; i < 5; i++) {
      assertThat(alignment.x(points[2 * i], points[2 * i + 1]))
          .isCloseTo(reference.get(2 * i), within(1e-9));
      assertThat(alignment.y(points[2 * i], points[2 * i + 1]))
          .isCloseTo(reference.get(2 * i + 1), within(1e-9));
    }
  }

  // ---------------------------------------------------------------- thresholds

  @Test
  void betweenTwoNumbersOfFramesTheStricterThresholdHolds() {
    Calibration calibration =
        new Calibration(
            "test", "nobody", Calibration.Profile.USUAL, 1e-3, Map.of(1, 0.6, 3, 0.54, 5, 0.5));

    assertThat(calibration.threshold(1)).isEqualTo(0.6);
    assertThat(calibration.threshold(2)).isEqualTo(0.6);
    assertThat(calibration.threshold(3)).isEqualTo(0.54);
    assertThat(calibration.threshold(9)).isEqualTo(0.5);
  }

  @Test
  void threeFramesNeedWhatTheFactsSay() {
    FaceModel usual = FaceManifest.builtIn().named(Terms.USUAL_EMBEDDER).orElseThrow();

    assertThat(usual.calibration(Calibration.Profile.USUAL).orElseThrow().threshold(3))
        .isEqualTo(0.54);
    assertThat(usual.calibration(Calibration.Profile.STRICT).orElseThrow().threshold(3))
        .isEqualTo(0.57);
  }

  // ---------------------------------------------------------------- what counts support

  @Test
  void ratesAreCountedOnBothSidesOfAThreshold() {
    Roc roc = new Roc(new float[] {0.9f, 0.8f, 0.3f}, new float[] {0.1f, 0.2f, 0.35f, 0.4f});

    assertThat(roc.falseNonMatches(0.5)).isEqualTo(1);
    assertThat(roc.falseMatches(0.35f)).isEqualTo(2);
    assertThat(roc.falseMatches(roc.thresholdFor(1))).isEqualTo(1);
    assertThat(roc.equalErrorRate()).isBetween(0.2, 0.35);
  }

  @Test
  void noErrorAmongManyPairsIsNoRateOfZero() {
    assertThat(ClopperPearson.upper(0, 30_000, 0.95)).isCloseTo(9.985e-5, within(1e-8));
    assertThat(ClopperPearson.upper(10, 100, 0.95)).isCloseTo(0.16372, within(1e-4));
    assertThat(ClopperPearson.upper(7, 7, 0.95)).isEqualTo(1);
  }

  @Test
  void rateThatTooFewPairsSupportIsNotClaimed() {
    Roc few = new Roc(likenesses(100, 0.7f), likenesses(2_000, 0.1f));

    CalibrationRun.Outcome outcome = CalibrationRun.judge(few, 1e-3, List.of());

    assertThat(outcome)
        .isInstanceOfSatisfying(
            CalibrationRun.Outcome.Refused.class,
            refused -> assertThat(refused.why()).contains("2,000 pairs").contains("2,995"));
  }

  @Test
  void thresholdKeepsTheRateWithItsBound() {
    Roc enough = new Roc(likenesses(100, 0.7f), likenesses(20_000, 0.1f));

    CalibrationRun.Outcome.Found found =
        (CalibrationRun.Outcome.Found) CalibrationRun.judge(enough, 1e-3, List.of());

    assertThat(found.fmrAtMost()).isLessThanOrEqualTo(1e-3);
    assertThat(calibration(Terms.USUAL_EMBEDDER, found))
        .isEqualTo(calibration(Terms.USUAL_EMBEDDER, found))
        // What an audit names must not be two things.
        .isNotEqualTo(calibration("sface-2021dec", found));
    assertThat(enough.falseMatches(found.threshold())).isPositive();
    assertThat(CalibrationRun.csv(enough).lines()).hasSize(202);
    assertThat(CalibrationRun.svg(enough)).contains("<polyline");
  }

  private static String calibration(String model, CalibrationRun.Outcome.Found found) {
    return CalibrationRun.calibration(
            FaceManifest.builtIn().named(model).orElseThrow(),
            found,
            3,
            1e-3,
            Calibration.Profile.USUAL,
            "our people")
        .id();
  }

  private static float[] likenesses(int count, float middle) {
    SplittableRandom random = new SplittableRandom(7);
    List<Float> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add((float) random.nextGaussian(middle, 0.1));
    }
    float[] array = new float[count];
    for (int i = 0; i < count; i++) {
      array[i] = all.get(i);
    }
    return array;
  }
}
