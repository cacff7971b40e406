package jp.kazashi.simulator.population;

import java.time.LocalDate;

/**
 * The five years that are told: up to and with {@code to}, the day the population is made for. Days
 * are counted from 1970 as everywhere in this package.
 */
record Window(int from, int to) {
  static final int YEARS = 5;

  static Window endingOn(LocalDate day) {
    return new Window(
        Math.toIntExact(day.minusYears(YEARS).toEpochDay()), Math.toIntExact(day.toEpochDay()));
  }

  boolean holds(int day) {
    return day >= from && day <= to;
  }

  int length() {
    return to - from + 1;
  }
}
