package jp.kazashi.reader;

import java.util.Optional;
import java.util.function.Consumer;
import jp.kazashi.consent.CameraPreview;
import jp.kazashi.consent.VisitBoard.Subscription;
import jp.kazashi.reader.face.FaceMatcher.Glance;
import jp.kazashi.reader.face.FacePreview;
import jp.kazashi.reader.face.FaceReason;
import jp.kazashi.reader.face.Move;

/** The picture that faces are compared by, on the kiosk's screen. */
record KioskCamera(FacePreview preview) implements CameraPreview {

  @Override
  public Subscription watch(Consumer<byte[]> jpegFrames) {
    return preview.watch(jpegFrames);
  }

  @Override
  public Subscription guide(Consumer<Guidance> guidance) {
    return preview.hear(glance -> guidance(glance).ifPresent(guidance));
  }

  private static Optional<Guidance> guidance(Glance glance) {
    return switch (glance) {
      case Glance.Enough _ -> Optional.empty();
      case Glance.Taken _ -> Optional.of(Guidance.HOLD_STILL);
      case Glance.Asked asked -> Optional.of(guidance(asked.move()));
      case Glance.Refused refused -> Optional.of(guidance(refused.reason()));
    };
  }

  private static Guidance guidance(Move move) {
    return switch (move) {
      case TURN_LEFT -> Guidance.TURN_LEFT;
      case TURN_RIGHT -> Guidance.TURN_RIGHT;
      case BLINK -> Guidance.BLINK;
    };
  }

  // What the person cannot change is not asked of them.
  private static Guidance guidance(FaceReason reason) {
    return switch (reason) {
      case SEVERAL_FACES, OTHER_PERSON -> Guidance.ONE_PERSON;
      case TOO_FAR -> Guidance.COME_CLOSER;
      case TOO_CLOSE -> Guidance.STEP_BACK;
      case TOO_DARK -> Guidance.MORE_LIGHT;
      case BLURRED -> Guidance.HOLD_STILL;
      case COVERED -> Guidance.TAKE_OFF_MASK;
      default -> Guidance.LOOK_HERE;
    };
  }
}
