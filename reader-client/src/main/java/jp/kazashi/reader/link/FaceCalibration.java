package jp.kazashi.reader.link;

/** By which calibration a face was found to be the holder's, as it is told to the gateway. */
public record FaceCalibration(String id) {

  /** Of a face that was compared with nothing, in the simulated world. */
  public static final FaceCalibration SCRIPTED = new FaceCalibration("scripted");

  public FaceCalibration {
    if (!id.matches("[a-z0-9][a-z0-9.-]{1,63}")) {
      throw new IllegalArgumentException(
          "A calibration needs an id of small letters, digits, . and -.");
    }
  }
}
