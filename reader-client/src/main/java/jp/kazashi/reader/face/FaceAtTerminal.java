package jp.kazashi.reader.face;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import jp.kazashi.reader.link.FaceCalibration;
import jp.kazashi.reader.myna.PortraitReading;
import jp.kazashi.reader.visit.FaceCheck;

/**
 * One visitor before the camera: some attempts in a time that ends, and then another way. It says
 * what came of it, and never of whom.
 */
public final class FaceAtTerminal implements FaceCheck.Matcher {

  private static final Duration FRAME_PATIENCE = Duration.ofMillis(700);

  /** Nobody reads a sentence that is gone with the next frame. */
  private static final Duration TIME_TO_READ = Duration.ofSeconds(2);

  private final FaceMatcher matcher;
  private final Camera.Source cameras;
  private final Limits limits;
  private final FacePreview preview;
  private final Consumer<Told> told;
  private final LongSupplier ticks;

  /** How long somebody is looked at. */
  public record Limits(int attempts, Duration whole) {
    public static final Limits USUAL = new Limits(3, Duration.ofSeconds(20));
  }

  /**
   * For the record: what was decided, and by which model and calibration. The score is told by its
   * side of the threshold only.
   *
   * @param portrait whose word the portrait was, where it was taken at all
   */
  public record Told(
      String outcome,
      Optional<FaceReason> reason,
      Optional<PortraitReading.Origin> portrait,
      String model,
      String calibration,
      int attempts) {}

  public FaceAtTerminal(
      FaceMatcher matcher,
      Camera.Source cameras,
      Limits limits,
      FacePreview preview,
      Consumer<Told> told,
      LongSupplier ticks) {
    this.matcher = matcher;
    this.cameras = cameras;
    this.limits = limits;
    this.preview = preview;
    this.told = told;
    this.ticks = ticks;
  }

  @Override
  public boolean isReady() {
    return matcher.capability() instanceof FaceMatcher.Capability.Ready;
  }

  @Override
  public void distrust(PortraitReading.Distrusted portrait) {
    FaceReason reason =
        switch (portrait.doubt()) {
          case UNSIGNED -> FaceReason.UNSIGNED;
          case ISSUER_UNKNOWN -> FaceReason.ISSUER_UNKNOWN;
          case SIGNATURE_BROKEN -> FaceReason.SIGNATURE_BROKEN;
        };
    tell(new Look(new FaceDecision.CannotRead(reason), 0), Optional.empty());
  }

  @Override
  public FaceCheck.Verdict compare(PortraitReading.Read portrait, BooleanSupplier isCardThere) {
    Look look =
        switch (matcher.enrol(portrait.jpeg2000())) {
          case FaceMatcher.Enrolment.CannotRead(FaceReason reason) ->
              new Look(new FaceDecision.CannotRead(reason), 0);
          case FaceMatcher.Enrolment.Enrolled(FaceMatcher.Comparison comparison) -> {
            try (comparison;
                Camera camera = cameras.open();
                CameraWatch watch = new CameraWatch()) {
              yield new Sitting(comparison, camera, watch, isCardThere).look();
            }
          }
        };
    tell(look, Optional.of(portrait.origin()));
    return verdict(look.decision());
  }

  private record Look(FaceDecision decision, int attempts) {}

  /** The person, the camera, and the time they have. */
  private final class Sitting {
    private final FaceMatcher.Comparison comparison;
    private final Camera camera;
    private final CameraWatch watch;
    private final BooleanSupplier isCardThere;
    private final long end = ticks.getAsLong() + limits.whole().toNanos();
    private long readUntil = ticks.getAsLong();

    private Sitting(
        FaceMatcher.Comparison comparison,
        Camera camera,
        CameraWatch watch,
        BooleanSupplier isCardThere) {
      this.comparison = comparison;
      this.camera = camera;
      this.watch = watch;
      this.isCardThere = isCardThere;
    }

    private Look look() {
      Look look = new Look(new FaceDecision.NotSure(FaceReason.NO_CAMERA), 0);
      for (int attempt = 1; attempt <= limits.attempts() && goesOn(); attempt++) {
        comparison.again();
        look = new Look(attempt(), attempt);
        if (look.decision() instanceof FaceDecision.Match) {
          return look;
        }
        if (look.decision() instanceof FaceDecision.NotSure(FaceReason reason)) {
          preview.say(new FaceMatcher.Glance.Refused(reason));
          readUntil = ticks.getAsLong() + TIME_TO_READ.toNanos();
        }
      }
      return look;
    }

    private boolean goesOn() {
      return end - ticks.getAsLong() > 0
          && isCardThere.getAsBoolean()
          && !Thread.currentThread().isInterrupted();
    }

    /** Until enough was seen to decide, the time of all attempts has run out or they have gone. */
    private FaceDecision attempt() {
      FaceReason last = FaceReason.TOO_FEW_FRAMES;
      while (goesOn()) {
        Optional<Pixels> frame = camera.next(FRAME_PATIENCE);
        FaceMatcher.Glance glance =
            frame
                .map(this::look)
                .orElseGet(() -> new FaceMatcher.Glance.Refused(FaceReason.NO_CAMERA));
        say(glance);
        switch (glance) {
          case FaceMatcher.Glance.Enough _ -> {
            return comparison.decide();
          }
          case FaceMatcher.Glance.Refused(FaceReason reason) -> last = reason;
          case FaceMatcher.Glance.Asked _ -> last = FaceReason.CHALLENGE_NOT_FOLLOWED;
          case FaceMatcher.Glance.Taken _ -> last = FaceReason.TOO_FEW_FRAMES;
        }
      }
      return new FaceDecision.NotSure(last);
    }

    /** That all is well can wait for what the last attempt came to. */
    private void say(FaceMatcher.Glance glance) {
      boolean isBeingRead = ticks.getAsLong() - readUntil < 0;
      if (!(isBeingRead && glance instanceof FaceMatcher.Glance.Taken)) {
        preview.say(glance);
      }
    }

    private FaceMatcher.Glance look(Pixels frame) {
      try (frame) {
        preview.show(frame);
        return watch
            .objection(frame)
            .<FaceMatcher.Glance>map(FaceMatcher.Glance.Refused::new)
            // Cameras repeat a picture in poor light; one that hangs does it for ever.
            .orElseGet(() ->
                watch.isRepeated()
                    ? new FaceMatcher.Glance.Taken()
                    : comparison.look(frame, ticks.getAsLong()));
      }
    }
  }

  private void tell(Look look, Optional<PortraitReading.Origin> portrait) {
    Optional<FaceReason> reason =
        switch (look.decision()) {
          case FaceDecision.NotSure(FaceReason why) -> Optional.of(why);
          case FaceDecision.CannotRead(FaceReason why) -> Optional.of(why);
          case FaceDecision.Match _, FaceDecision.NoMatch _ -> Optional.empty();
        };
    String model = "none";
    String calibration = "none";
    if (matcher.capability() instanceof FaceMatcher.Capability.Ready(String of, String by)) {
      model = of;
      calibration = by;
    }
    told.accept(
        new Told(look.decision().word(), reason, portrait, model, calibration, look.attempts()));
  }

  private static FaceCheck.Verdict verdict(FaceDecision decision) {
    return switch (decision) {
      case FaceDecision.Match(FaceDecision.Score score) ->
          new FaceCheck.Verdict.Match(new FaceCalibration(score.calibration()));
      case FaceDecision.NoMatch _ -> FaceCheck.Verdict.Unconfirmed.NO_MATCH;
      case FaceDecision.NotSure(FaceReason reason) ->
          reason.isOfCamera()
              ? FaceCheck.Verdict.Unconfirmed.NO_CAMERA
              : FaceCheck.Verdict.Unconfirmed.NOT_SURE;
      case FaceDecision.CannotRead _ -> FaceCheck.Verdict.Unconfirmed.CANNOT_READ;
    };
  }
}
