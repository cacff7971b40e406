package jp.kazashi.simulator.pki;

import java.time.Period;

/**
 * The generations of an authority, as the real ones have them: one name, three keys, overlapping
 * years. Times are relative to the day the world was made.
 */
public enum Generation {
  /** Over: what it issued has ended long ago. */
  FIRST(Period.ofYears(-11), Period.ofYears(-1)),
  /** Still trusted; cards issued some years ago. */
  SECOND(Period.ofYears(-7), Period.ofYears(3)),
  /** Issues today. */
  THIRD(Period.ofYears(-3), Period.ofYears(7));

  private final Period from;
  private final Period to;

  Generation(Period from, Period to) {
    this.from = from;
    this.to = to;
  }

  Period from() {
    return from;
  }

  Period to() {
    return to;
  }
}
