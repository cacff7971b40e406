package jp.kazashi.reader.face;

import java.util.Arrays;

/**
 * One face in an image, in points of that image. Left and right are the picture's.
 *
 * @param marks x and y of left eye, right eye, nose, left and right corner of the mouth
 */
@SuppressWarnings("ArrayRecordComponent") // read in this package, and changed by nobody
record FoundFace(double x, double y, double width, double height, double[] marks, double score) {

  double eyeDistance() {
    return Math.hypot(marks[2] - marks[0], marks[3] - marks[1]);
  }

  /** How far the nose is beside the middle of the eyes, in distances of the eyes. */
  double yaw() {
    return along(marks[4] - (marks[0] + marks[2]) / 2, marks[5] - (marks[1] + marks[3]) / 2);
  }

  /** How far down from the eyes to the mouth the nose is: 0 at the eyes, 1 at the mouth. */
  double pitch() {
    double eyesX = (marks[0] + marks[2]) / 2;
    double eyesY = (marks[1] + marks[3]) / 2;
    double mouth = across((marks[6] + marks[8]) / 2 - eyesX, (marks[7] + marks[9]) / 2 - eyesY);
    return mouth == 0 ? 0 : across(marks[4] - eyesX, marks[5] - eyesY) / mouth;
  }

  double rollDegrees() {
    return Math.toDegrees(Math.atan2(marks[3] - marks[1], marks[2] - marks[0]));
  }

  double centreX() {
    return x + width / 2;
  }

  double centreY() {
    return y + height / 2;
  }

  double area() {
    return width * height;
  }

  FoundFace times(double factor) {
    return new FoundFace(
        x * factor,
        y * factor,
        width * factor,
        height * factor,
        Arrays.stream(marks).map(mark -> mark * factor).toArray(),
        score);
  }

  private double along(double dx, double dy) {
    double distance = eyeDistance();
    return distance == 0
        ? 0
        : (dx * (marks[2] - marks[0]) + dy * (marks[3] - marks[1])) / (distance * distance);
  }

  private double across(double dx, double dy) {
    double distance = eyeDistance();
    return distance == 0
        ? 0
        : (dy * (marks[2] - marks[0]) - dx * (marks[3] - marks[1])) / (distance * distance);
  }

  @Override
  public String toString() {
    return "FoundFace[…]";
  }
}
