package jp.kazashi.qualification.staff;

import java.time.Duration;
import java.time.Instant;

/**
 * After so many wrong passwords in a row an account is closed for a while; a right one opens it.
 */
public record LockoutPolicy(int mostFailures, Duration closedFor) {
  public LockoutPolicy {
    if (mostFailures < 1 || closedFor.isNegative() || closedFor.isZero()) {
      throw new IllegalArgumentException("A lockout has a limit and a duration");
    }
  }

  public static LockoutPolicy ordinary() {
    return new LockoutPolicy(5, Duration.ofMinutes(15));
  }

  public Lockout afterWrong(Lockout before, Instant at) {
    int failures = (expired(before, at) ? 0 : before.failures()) + 1;
    return new Lockout(failures, failures >= mostFailures ? at.plus(closedFor) : null);
  }

  public Lockout afterRight() {
    return Lockout.none();
  }

  private static boolean expired(Lockout before, Instant at) {
    return before.until() != null && !before.holdsAt(at);
  }
}
