package jp.kazashi.simulator.population;

/**
 * One made-up person.
 *
 * @param index the person's place in the population
 * @param born and {@code died} days; {@link #ALIVE} who has not died by the end of the window
 * @param household index of the household in its town
 */
record Person(int index, boolean woman, int born, int died, int household, Role role, int surname) {
  static final int ALIVE = Integer.MAX_VALUE;

  enum Role {
    HEAD,
    SPOUSE,
    CHILD,
    /** Neither child nor spouse: kept by a relative. */
    WARD
  }

  String code() {
    return "N%07d".formatted(index);
  }

  int ageOn(int day) {
    return Days.yearsBetween(born, day);
  }

  boolean isAliveOn(int day) {
    return day >= born && day <= died;
  }

  /** A late elderly from this day on. */
  int turns75() {
    return Days.plusYears(born, 75);
  }

  @Override
  public String toString() {
    return "Person[" + index + "]";
  }
}
