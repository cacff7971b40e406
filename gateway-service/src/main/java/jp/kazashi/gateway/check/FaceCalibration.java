package jp.kazashi.gateway.check;

/** By which calibration a terminal says it compared a face: its own word, written down as such. */
public record FaceCalibration(String id) {

  /** As terminals name calibrations; nothing else reaches the audit. */
  public static final String FORM = "[a-z0-9][a-z0-9.-]{1,63}";

  public FaceCalibration {
    if (!id.matches(FORM)) {
      throw new IllegalArgumentException(
          "A calibration has an id of small letters, digits, . and -");
    }
  }
}
