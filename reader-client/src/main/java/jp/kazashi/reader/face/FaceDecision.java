package jp.kazashi.reader.face;

/** What comparing a live face with a portrait came to. Only a match confirms anybody. */
public sealed interface FaceDecision {

  record Match(Score score) implements FaceDecision {}

  record NoMatch(Score score) implements FaceDecision {}

  /** Nothing was decided: the person may try again, or choose another way. */
  record NotSure(FaceReason reason) implements FaceDecision {}

  /** The portrait, or this terminal, cannot be used for this. */
  record CannotRead(FaceReason reason) implements FaceDecision {}

  /**
   * How alike, and by what rule.
   *
   * @param value the cosine of the angle between both
   * @param frames how many live frames were fused
   */
  record Score(double value, double threshold, int frames, String calibration) {

    boolean suffices() {
      return value >= threshold;
    }
  }

  default String word() {
    return switch (this) {
      case Match _ -> "MATCH";
      case NoMatch _ -> "NO_MATCH";
      case NotSure _ -> "NOT_SURE";
      case CannotRead _ -> "CANNOT_READ";
    };
  }

  static FaceDecision of(Score score) {
    return score.suffices() ? new Match(score) : new NoMatch(score);
  }
}
