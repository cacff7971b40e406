package jp.kazashi.qualification.staff;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * How many passwords in a row were wrong, and until when no further one is looked at.
 *
 * @param until null when the account is open
 */
public record Lockout(int failures, @Nullable Instant until) {
  public Lockout {
    if (failures < 0) {
      throw new IllegalArgumentException("Failures are counted from none");
    }
    until = until == null ? null : until.truncatedTo(ChronoUnit.MICROS);
  }

  public static Lockout none() {
    return new Lockout(0, null);
  }

  public boolean holdsAt(Instant at) {
    return until != null && at.isBefore(until);
  }
}
