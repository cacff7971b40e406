package jp.kazashi.reader.face;

import java.time.Duration;

/**
 * How strictly one person is looked at.
 *
 * @param frames how many are fused
 * @param apart the least time between two of them
 */
public record FacePolicy(
    Calibration.Profile profile, int frames, Duration apart, Liveness liveness) {

  /** How a living face is told from a picture of one. Neither was tested by ISO/IEC 30107-3. */
  public enum Liveness {
    /** By how the face and what is around it look; where that leaves doubt, by moves as well. */
    PASSIVE,
    /** Also by turns and a blink, in an order nobody knew. */
    ACTIVE,
    /** Not at all: two pictures are compared, and nobody is let through by it. */
    NOT_JUDGED
  }

  public FacePolicy {
    if (frames < 1 || frames > 10) {
      throw new IllegalArgumentException("1 to 10 frames are fused.");
    }
  }

  /** As many as are fused unless an operator says otherwise. */
  public static final int USUAL_FRAMES = 3;

  /** A person at a terminal. */
  public static FacePolicy atTerminal(Calibration.Profile profile, Liveness liveness) {
    return atTerminal(profile, USUAL_FRAMES, liveness);
  }

  public static FacePolicy atTerminal(Calibration.Profile profile, int frames, Liveness liveness) {
    return new FacePolicy(profile, frames, Duration.ofMillis(350), liveness);
  }

  /** Two pictures. */
  public static FacePolicy ofPictures(Calibration.Profile profile) {
    return new FacePolicy(profile, 1, Duration.ZERO, Liveness.NOT_JUDGED);
  }
}
