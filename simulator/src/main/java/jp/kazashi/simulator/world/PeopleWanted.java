package jp.kazashi.simulator.world;

import jp.kazashi.simulator.population.Population;

/** What {@code up --people N} asks for. */
record PeopleWanted(int count, long seed) {
  static PeopleWanted of(int count, long seed) {
    if (count < 1 || count > Population.MOST_PEOPLE) {
      throw new WorldTrouble(
          "--people is a number from 1 to " + Population.MOST_PEOPLE + ", not " + count + ".");
    }
    return new PeopleWanted(count, seed);
  }
}
