package jp.kazashi.simulator.population;

import java.util.ArrayList;
import java.util.List;

/**
 * Those who live together, the head first.
 *
 * @param members indices of people
 * @param stays where they lived and from when, the first from the beginning of time
 * @param house which house of its street
 */
record Household(int number, List<Integer> members, List<Stay> stays, int house) {
  Household {
    members = List.copyOf(members);
    stays = List.copyOf(stays);
  }

  /** Life in one city of the region, from a day on. */
  record Stay(int from, int city) {}

  static Household of(int number, List<Integer> members, Draw draw, Window window) {
    List<Stay> stays = new ArrayList<>();
    int city = draw.below(Region.CITIES);
    stays.add(new Stay(Integer.MIN_VALUE, city));
    double movesADay = Japan.MOVES / 1000 / 365.25;
    double at = window.from() + waiting(draw, movesADay);
    while (at <= window.to()) {
      city = (city + 1) % Region.CITIES;
      stays.add(new Stay((int) at, city));
      at += 30 + waiting(draw, movesADay);
    }
    return new Household(number, members, stays, draw.below(9000));
  }

  /** Days until something that happens at this rate. */
  static double waiting(Draw draw, double rateADay) {
    return -StrictMath.log(1 - draw.unit()) / rateADay;
  }

  int cityOn(int day) {
    return stayOn(day).city();
  }

  Stay stayOn(int day) {
    Stay stay = stays.getFirst();
    for (Stay each : stays) {
      if (each.from() <= day) {
        stay = each;
      }
    }
    return stay;
  }
}
