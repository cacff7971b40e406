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
      case Glance.Refused refused -> guidance(refused.reason());
    };
  }

  private static Guidance guidance(Move move) {
    return switch (move) {
      case TURN_LEFT -> Guidance.TURN_LEFT;
      case TURN_RIGHT -> Guidance.TURN_RIGHT;
      case BLINK -> Guidance.BLINK;
    };
  }

  /** What is wrong with a picture of the card, or with this terminal, no glance is about. */
  static Optional<Guidance> guidance(FaceReason reason) {
    return switch (reason) {
      case NO_FACE, CHALLENGE_NOT_FOLLOWED -> Optional.of(Guidance.LOOK_HERE);
      case SEVERAL_FACES, OTHER_PERSON -> Optional.of(Guidance.ONE_PERSON);
      case TOO_FAR -> Optional.of(Guidance.COME_CLOSER);
      case TOO_CLOSE -> Optional.of(Guidance.STEP_BACK);
      case TOO_DARK -> Optional.of(Guidance.MORE_LIGHT);
      case TOO_BRIGHT -> Optional.of(Guidance.LESS_LIGHT);
      case FLAT -> Optional.of(Guidance.CLEAR_VIEW);
      case BLURRED, TOO_FEW_FRAMES -> Optional.of(Guidance.HOLD_STILL);
      case TURNED_AWAY -> Optional.of(Guidance.FACE_FRONT);
      case TILTED -> Optional.of(Guidance.HEAD_STRAIGHT);
      case COVERED -> Optional.of(Guidance.TAKE_OFF_MASK);
      case NOT_LIVE -> Optional.of(Guidance.SHOW_YOURSELF);
      case NO_CAMERA -> Optional.of(Guidance.CAMERA_AWAY);
      case BLACK -> Optional.of(Guidance.CAMERA_COVERED);
      case FROZEN -> Optional.of(Guidance.CAMERA_STUCK);
      case EMPTY,
          TOO_LARGE,
          NOT_AN_IMAGE,
          TRUNCATED,
          SIZE_NOT_ALLOWED,
          FORM_NOT_ALLOWED,
          TILES_NOT_ALLOWED,
          CONTRADICTORY,
          NOT_DECODED,
          DECODER_SILENT,
          UNSIGNED,
          ISSUER_UNKNOWN,
          SIGNATURE_BROKEN,
          PREPARING,
          UNAVAILABLE ->
          Optional.empty();
    };
  }
}
