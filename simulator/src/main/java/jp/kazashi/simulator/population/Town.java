package jp.kazashi.simulator.population;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * 1,024 people who live in one region, and whom families join. A town is a function of the seed and
 * its number alone: any of them can be made without the others, anywhere and in any order.
 */
final class Town {
  static final int SIZE = 1024;

  private static final int YOUNGEST_PARENT = 18;
  private static final int NINE_MONTHS = 280;
  private static final int MOST_CHILDREN = 4;
  private static final Weights REGIONS = Weights.of(Japan.REGIONS);
  private static final Weights LIVING = living();
  private static final Weights DYING = dying();

  /** Of men by age group from 20-24, married. Census 2020, rounded. */
  private static final double[] MARRIED = {
    .06, .26, .48, .61, .66, .67, .69, .72, .75, .78, .81, .83, .82, .75, .60, .45, .30
  };

  private static final double GROWN_CHILD_AT_HOME = 0.5;
  private static final int LEAVES_HOME = 35;

  /** Of women without a husband, who may be given a child. */
  private static final double SINGLE_MOTHER = 0.12;

  private final int number;
  private final long seed;
  private final Window window;
  private final Region region;
  private final List<Person> people;
  private final List<Household> households;

  private Town(
      int number,
      long seed,
      Window window,
      Region region,
      List<Person> people,
      List<Household> households) {
    this.number = number;
    this.seed = seed;
    this.window = window;
    this.region = region;
    this.people = people;
    this.households = households;
  }

  static Town of(long seed, int number, Window window) {
    // Steps of the golden ratio: a few towns are already spread as the regions are.
    double place = number * 0.6180339887498949;
    Region region = Region.number(REGIONS.at(place - Math.floor(place)));
    return new Making(seed, number, window).town(region);
  }

  /** How many towns hold so many people. */
  static int count(int people) {
    return (people + SIZE - 1) / SIZE;
  }

  int number() {
    return number;
  }

  long seed() {
    return seed;
  }

  Window window() {
    return window;
  }

  Region region() {
    return region;
  }

  /** By their place; the first has the index {@code number * SIZE}. */
  List<Person> people() {
    return people;
  }

  List<Household> households() {
    return households;
  }

  Person person(int index) {
    return people.get(index - number * SIZE);
  }

  /** Ages of those alive at the end of the window. */
  private static Weights living() {
    return Weights.of(Japan.PEOPLE);
  }

  /** Ages at death of those who die within the window. */
  private static Weights dying() {
    double[] weights = new double[Japan.AGE_GROUPS];
    for (int group = 0; group < weights.length; group++) {
      weights[group] = Japan.PEOPLE[group] * Japan.DEATHS[group] / 1000 * Window.YEARS;
    }
    return Weights.of(weights);
  }

  /** People of all kinds first, then the families that can be made of them. */
  private static final class Making {
    private final long seed;
    private final int number;
    private final Window window;
    private final int[] born = new int[SIZE];
    private final int[] died = new int[SIZE];
    private final boolean[] woman = new boolean[SIZE];
    private final int[] household = new int[SIZE];
    private final Person.Role[] role = new Person.Role[SIZE];
    private final Integer[] byBirth = new Integer[SIZE];
    private final int[] women = new int[SIZE];
    private int womenCount;
    private final int[] husband = new int[SIZE];
    private final List<List<Integer>> homes = new ArrayList<>();
    private final Draw draw;

    Making(long seed, int number, Window window) {
      this.seed = seed;
      this.number = number;
      this.window = window;
      this.draw = Draw.at(seed, number, Draw.Purpose.HOUSEHOLDS);
    }

    Town town(Region region) {
      drawPeople();
      Arrays.fill(household, -1);
      Arrays.fill(husband, -1);
      sort();
      marry();
      settleAdults();
      settleChildren();
      return new Town(number, seed, window, region, people(), households());
    }

    private void drawPeople() {
      Draw people = Draw.at(seed, number, Draw.Purpose.PEOPLE);
      double dead = DYING.total() / (DYING.total() + LIVING.total());
      for (int i = 0; i < SIZE; i++) {
        boolean dies = people.chance(dead);
        int group = (dies ? DYING : LIVING).draw(people);
        int age = people.below((int) (5 * 365.25)) + (int) (group * 5 * 365.25);
        woman[i] = people.chance(Japan.WOMEN[group]);
        died[i] = dies ? people.between(window.from(), window.to() - 1) : Person.ALIVE;
        born[i] = (dies ? died[i] : window.to()) - age;
        byBirth[i] = i;
      }
    }

    private void sort() {
      Arrays.sort(byBirth, (a, b) -> born[a] != born[b] ? born[a] - born[b] : a - b);
      for (int i : byBirth) {
        if (woman[i]) {
          women[womenCount++] = i;
        }
      }
    }

    private void marry() {
      for (int i = 0; i < SIZE; i++) {
        int man = byBirth[i];
        int age = age(man);
        if (!woman[man]
            && age >= 20
            && draw.chance(MARRIED[Math.min((age - 20) / 5, MARRIED.length - 1)])) {
          int wished = born[man] + draw.between(-2 * 365, 6 * 365);
          int wife = nearestWoman(wished, 8 * 365, her -> husband[her] < 0 && age(her) >= 19);
          if (wife >= 0) {
            husband[wife] = man;
            home(man, Person.Role.HEAD);
            join(wife, household[man], Person.Role.SPOUSE);
          }
        }
      }
    }

    private void settleAdults() {
      for (int i : byBirth) {
        if (household[i] >= 0 || age(i) < 20) {
          continue;
        }
        if (age(i) >= LEAVES_HOME || !draw.chance(GROWN_CHILD_AT_HOME) || !giveMother(i, true)) {
          home(i, Person.Role.HEAD);
        }
      }
    }

    private void settleChildren() {
      for (int i : byBirth) {
        if (household[i] < 0
            && !giveMother(i, !draw.chance(SINGLE_MOTHER))
            && !giveMother(i, false)) {
          giveGuardian(i);
        }
      }
    }

    private boolean giveMother(int child, boolean married) {
      int ageAtBirth = (int) (365.25 * Math.clamp(31.5 + 5 * draw.normal(), 19.5, 44.5));
      int mother =
          nearestWoman(
              born[child] - ageAtBirth,
              6 * 365,
              her -> canBeMother(her, child) && (married ? husband[her] >= 0 : husband[her] < 0));
      if (mother < 0) {
        return false;
      }
      join(child, household[mother], Person.Role.CHILD);
      return true;
    }

    private boolean canBeMother(int her, int child) {
      int man = husband[her];
      return household[her] >= 0
          && role[her] != Person.Role.CHILD
          && born[child] >= Days.plusYears(born[her], YOUNGEST_PARENT)
          && born[child] <= Days.plusYears(born[her], 48)
          && died[her] >= born[child]
          && (man < 0
              || (born[child] >= Days.plusYears(born[man], YOUNGEST_PARENT)
                  && died[man] >= born[child] - NINE_MONTHS))
          && hasRoomFor(household[her], child);
    }

    private boolean hasRoomFor(int home, int child) {
      int children = 0;
      for (int member : homes.get(home)) {
        if (role[member] == Person.Role.CHILD) {
          children++;
          int apart = Math.abs(born[member] - born[child]);
          if (apart < NINE_MONTHS && apart > 0) {
            return false;
          }
        }
      }
      return children < MOST_CHILDREN;
    }

    /** A relative: whoever of age lives as long as the child is one. */
    private void giveGuardian(int child) {
      for (int step = 0; step < SIZE; step++) {
        int adult = byBirth[draw.below(SIZE)];
        if (household[adult] >= 0
            && role[adult] != Person.Role.CHILD
            && role[adult] != Person.Role.WARD
            && born[child] >= Days.plusYears(born[adult], 20)
            && age(adult) < 75
            && died[adult] == Person.ALIVE) {
          join(child, household[adult], Person.Role.WARD);
          return;
        }
      }
      home(child, Person.Role.HEAD);
    }

    private interface Fits {
      boolean test(int her);
    }

    private int nearestWoman(int wished, int within, Fits fits) {
      int low = 0;
      int high = womenCount;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (born[women[middle]] < wished) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      int before = low - 1;
      int after = low;
      while (before >= 0 || after < womenCount) {
        int back = before >= 0 ? wished - born[women[before]] : Integer.MAX_VALUE;
        int ahead = after < womenCount ? born[women[after]] - wished : Integer.MAX_VALUE;
        if (Math.min(back, ahead) > within) {
          return -1;
        }
        int her = back <= ahead ? women[before--] : women[after++];
        if (fits.test(her)) {
          return her;
        }
      }
      return -1;
    }

    private void home(int head, Person.Role as) {
      homes.add(new ArrayList<>());
      join(head, homes.size() - 1, as);
    }

    private void join(int who, int home, Person.Role as) {
      household[who] = home;
      role[who] = as;
      homes.get(home).add(who);
    }

    private int age(int i) {
      return (Math.min(window.to(), died[i]) - born[i]) * 4 / 1461;
    }

    private List<Person> people() {
      int[] surnames = new int[homes.size()];
      Draw names = Draw.at(seed, number, Draw.Purpose.SURNAME);
      for (int home = 0; home < surnames.length; home++) {
        surnames[home] = Names.surname(names);
      }
      List<Person> people = new ArrayList<>(SIZE);
      for (int i = 0; i < SIZE; i++) {
        people.add(
            new Person(
                number * SIZE + i,
                woman[i],
                born[i],
                died[i],
                household[i],
                role[i],
                surnames[household[i]]));
      }
      return List.copyOf(people);
    }

    private List<Household> households() {
      List<Household> all = new ArrayList<>(homes.size());
      for (int home = 0; home < homes.size(); home++) {
        all.add(
            Household.of(
                home, homes.get(home).stream().map(i -> number * SIZE + i).toList(), draw, window));
      }
      return List.copyOf(all);
    }
  }
}
