package jp.kazashi.reader.face;

import java.util.Arrays;
import java.util.List;

/** Where networks, library or calibration are missing or wrong: it compares nobody. */
public record UnavailableFaceMatcher(List<String> remedies) implements FaceMatcher {

  public UnavailableFaceMatcher {
    remedies = List.copyOf(remedies);
  }

  @Override
  public Capability capability() {
    return new Capability.Unavailable(remedies);
  }

  @Override
  public Enrolment enrol(byte[] portrait) {
    Arrays.fill(portrait, (byte) 0);
    return new Enrolment.CannotRead(FaceReason.UNAVAILABLE);
  }
}
