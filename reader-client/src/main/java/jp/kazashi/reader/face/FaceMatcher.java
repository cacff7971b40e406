package jp.kazashi.reader.face;

import java.util.List;

/** Compares a living face with the portrait of a card. */
public interface FaceMatcher {

  Capability capability();

  /** Begins with the portrait; the array is wiped. */
  Enrolment enrol(byte[] portrait);

  /** Whether faces can be compared here at all. */
  sealed interface Capability {

    /** By this network and this calibration. */
    record Ready(String model, String calibration) implements Capability {}

    record Preparing() implements Capability {}

    /** No face is compared: the PIN or the staff confirm. */
    record Unavailable(List<String> remedies) implements Capability {
      public Unavailable {
        remedies = List.copyOf(remedies);
      }
    }
  }

  /** What came of reading the portrait. */
  sealed interface Enrolment {
    record Enrolled(Comparison comparison) implements Enrolment {}

    record CannotRead(FaceReason reason) implements Enrolment {}
  }

  /** One attempt of one person: frames are looked at until there are enough. */
  interface Comparison extends AutoCloseable {

    /** The frame stays the caller's. */
    Glance look(Pixels frame, long ticks);

    /** Forgets the frames and begins again, with the same portrait. */
    void again();

    FaceDecision decide();

    @Override
    void close();
  }

  /** What one frame gave. */
  sealed interface Glance {

    /** It counts, and these are enough to decide. */
    record Enough() implements Glance {}

    record Taken() implements Glance {}

    /** The person is to do this first. */
    record Asked(Move move) implements Glance {}

    record Refused(FaceReason reason) implements Glance {}
  }
}
