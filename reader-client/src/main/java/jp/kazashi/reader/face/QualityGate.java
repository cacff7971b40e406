package jp.kazashi.reader.face;

import java.util.List;
import java.util.Optional;

/**
 * What a picture has to be like to be compared at all. The gates help the person to be seen; they
 * make no comparison more exact.
 */
record QualityGate(
    double eyeDistance, double yaw, double roll, double sharpness, double contrast, double dark) {

  /** A person before the camera. */
  static final QualityGate LIVE = new QualityGate(60, 0.20, 15, 30, 20, 60);

  /** The portrait of a card: small, compressed, and taken by a photographer. */
  static final QualityGate PORTRAIT = new QualityGate(32, 0.30, 15, 10, 15, 50);

  /** Any picture of somebody, as newspapers print them. */
  static final QualityGate PICTURE = new QualityGate(14, 0.45, 30, 5, 12, 40);

  private static final double SURE = 0.8;
  private static final double TOO_SMALL_TO_BE_SURE = 20;
  private static final double TIMES_THE_NEXT = 2;
  private static final double FILLS_THE_PICTURE = 0.85;
  private static final double LEAST_PITCH = 0.40;
  private static final double MOST_PITCH = 0.72;
  private static final double BRIGHTEST = 215;

  /** Of 1,584 faces of the shared fold without masks, 4 in 1,000 are beyond it. */
  private static final double MASK = 26;

  /** Who is meant, where several faces may be in the picture. */
  sealed interface Choice {
    record Chosen(FoundFace face) implements Choice {}

    record Nobody(FaceReason reason) implements Choice {}
  }

  /** The one face, or the one that is much larger than who stands behind. */
  static Choice choose(List<FoundFace> largestFirst) {
    List<FoundFace> sure = largestFirst.stream().filter(face -> face.score() >= SURE).toList();
    if (sure.isEmpty()) {
      // What is far away is not seen surely either.
      boolean small =
          !largestFirst.isEmpty() && largestFirst.getFirst().eyeDistance() < TOO_SMALL_TO_BE_SURE;
      return new Choice.Nobody(small ? FaceReason.TOO_FAR : FaceReason.NO_FACE);
    }
    FoundFace largest = sure.getFirst();
    return sure.size() > 1 && largest.area() < TIMES_THE_NEXT * sure.get(1).area()
        ? new Choice.Nobody(FaceReason.SEVERAL_FACES)
        : new Choice.Chosen(largest);
  }

  /** What is wrong with it, the first thing to be mended first. */
  Optional<FaceReason> objection(FaceMeasure face) {
    if (face.eyeDistance() < eyeDistance) {
      return Optional.of(FaceReason.TOO_FAR);
    }
    if (equals(LIVE) && face.share() > FILLS_THE_PICTURE) {
      return Optional.of(FaceReason.TOO_CLOSE);
    }
    if (face.brightness() < dark) {
      return Optional.of(FaceReason.TOO_DARK);
    }
    if (face.brightness() > BRIGHTEST) {
      return Optional.of(FaceReason.TOO_BRIGHT);
    }
    if (face.contrast() < contrast) {
      return Optional.of(FaceReason.FLAT);
    }
    if (Math.abs(face.roll()) > roll) {
      return Optional.of(FaceReason.TILTED);
    }
    if (Math.abs(face.yaw()) > yaw || face.pitch() < LEAST_PITCH || face.pitch() > MOST_PITCH) {
      return Optional.of(FaceReason.TURNED_AWAY);
    }
    if (face.maskColour() > MASK) {
      return Optional.of(FaceReason.COVERED);
    }
    return face.sharpness() < sharpness ? Optional.of(FaceReason.BLURRED) : Optional.empty();
  }
}
