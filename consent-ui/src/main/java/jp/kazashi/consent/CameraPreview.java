package jp.kazashi.consent;

import java.util.function.Consumer;
import jp.kazashi.consent.VisitBoard.Subscription;

/**
 * What the kiosk's camera sees, for the patient in front of it. The pages watch only while faces
 * are compared, and keep no frame.
 */
public interface CameraPreview {

  /** Hands over each frame as a JPEG picture, on any thread, until the subscription is closed. */
  Subscription watch(Consumer<byte[]> jpegFrames);

  /** Tells what would make the picture better, whenever that changes. */
  Subscription guide(Consumer<Guidance> guidance);

  /** What the patient can do so that they are seen. */
  enum Guidance {
    LOOK_HERE,
    COME_CLOSER,
    STEP_BACK,
    ONE_PERSON,
    MORE_LIGHT,
    HOLD_STILL,
    TAKE_OFF_MASK,
    TURN_LEFT,
    TURN_RIGHT,
    BLINK,
    HEAD_STRAIGHT,
    FACE_FRONT,
    LESS_LIGHT,
    CLEAR_VIEW,
    SHOW_YOURSELF,
    CAMERA_COVERED,
    CAMERA_STUCK,
    CAMERA_AWAY
  }
}
