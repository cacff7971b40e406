package jp.kazashi.consent;

/** Why another way than the face is asked for. */
public enum FaceSetback {
  /** It was not tried. */
  NONE,
  NOT_CONFIRMED,
  /** Not the patient's doing: the camera is away, covered, or stands still. */
  NO_CAMERA,
  /** Not the patient's doing: the card's photograph cannot be had, or is not to be believed. */
  NO_PORTRAIT
}
