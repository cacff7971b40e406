package jp.kazashi.qualification.coverage;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * When something holds, in days in Asia/Tokyo; the last day belongs to it, null means no end known.
 */
public record ValidPeriod(LocalDate from, @Nullable LocalDate to) {
  public ValidPeriod {
    if (to != null && to.isBefore(from)) {
      throw new IllegalArgumentException("A period ends on or after its first day");
    }
  }

  public boolean contains(LocalDate date) {
    return !date.isBefore(from) && (to == null || !date.isAfter(to));
  }

  public boolean overlaps(ValidPeriod other) {
    return (to == null || !other.from.isAfter(to)) && (other.to == null || !from.isAfter(other.to));
  }

  public boolean endsBefore(LocalDate date) {
    return to != null && to.isBefore(date);
  }
}
