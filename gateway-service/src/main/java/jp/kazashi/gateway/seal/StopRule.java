package jp.kazashi.gateway.seal;

import java.time.Duration;

/** How long an entry may wait for its seal until nothing more is answered. */
public record StopRule(Duration longest) {
  private static final int WARNING_PERCENT = 70;

  public StopRule {
    if (longest.isNegative() || longest.isZero()) {
      throw new IllegalArgumentException("Entries have some time to be sealed");
    }
  }

  boolean stops(Duration age) {
    return age.compareTo(longest) >= 0;
  }

  boolean warns(Duration age) {
    return age.compareTo(longest.multipliedBy(WARNING_PERCENT).dividedBy(100)) >= 0;
  }
}
