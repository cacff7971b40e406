package jp.kazashi.simulator.population;

import org.jspecify.annotations.Nullable;

/**
 * A person's time under one policy, both days included.
 *
 * @param to {@link #OPEN} while it lasts
 * @param loss why it ended; nothing while it lasts
 */
record Spell(
    Policy policy, boolean family, @Nullable String branch, int from, int to, @Nullable Loss loss) {
  static final int OPEN = Integer.MAX_VALUE;

  /** OQSCD008. */
  enum Loss {
    DEATH,
    WELFARE_BEGAN,
    OTHER_INSURANCE,
    OTHER
  }

  boolean holds(int day) {
    return day >= from && day <= to;
  }
}
