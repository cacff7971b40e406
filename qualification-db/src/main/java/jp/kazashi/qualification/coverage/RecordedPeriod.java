package jp.kazashi.qualification.coverage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When we knew it: from the instant it was recorded until another record took its place. */
public record RecordedPeriod(Instant from, @Nullable Instant to) {
  public RecordedPeriod {
    if (to != null && !to.isAfter(from)) {
      throw new IllegalArgumentException("A record is replaced after it was made");
    }
  }

  /** Still what we know. */
  public boolean open() {
    return to == null;
  }

  public boolean contains(Instant at) {
    return !at.isBefore(from) && (to == null || at.isBefore(to));
  }

  public boolean overlaps(RecordedPeriod other) {
    return (to == null || other.from.isBefore(to)) && (other.to == null || from.isBefore(other.to));
  }
}
