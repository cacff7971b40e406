package jp.kazashi.simulator.population;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who is covered by whom, told for one household at a time. Jobs, moves, birthdays, deaths and
 * welfare give the days on which something changes; between two of them one plain question has one
 * answer, so that no two spells of a person can overlap.
 */
// The table of members is in the order of the kinds.
@SuppressWarnings("EnumOrdinal")
final class Coverage {
  private static final int WORKING_AGE = 18;

  /** Insured in their own name as employees, by age group from 15-19 to 70-74; men, then women. */
  private static final double[][] EMPLOYED = {
    {.50, .66, .78, .80, .80, .80, .80, .79, .76, .58, .27, .12},
    {.48, .66, .70, .58, .51, .51, .52, .51, .45, .31, .13, .05},
  };

  /** 協会けんぽ, 健保組合 and 共済 in their own name: 25.1, 16.4 and 4.7 million at the end of fiscal 2021. */
  private static final Weights EMPLOYERS = Weights.of(.525, .363, .112);

  private static final double GAP_BETWEEN_JOBS = 0.35;
  private static final double UNIVERSITY = 0.56;
  private static final int LONGEST_BEFORE = 8 * 365;

  private final Town town;
  private final Window window;
  private final Region region;
  private final Household household;
  private final List<List<Job>> jobs = new ArrayList<>();
  private final Policy[] national;
  private final int welfareFrom;
  private final int welfareTo;

  /** Own insurance as an employee, both days included. */
  private record Job(int from, int to, Policy policy) {}

  private record Answer(Policy policy, boolean family) {}

  private Coverage(Town town, Household household) {
    this.town = town;
    this.window = town.window();
    this.region = town.region();
    this.household = household;
    this.national = new Policy[household.stays().size()];
    Draw fate = draw(household.members().getFirst(), -1);
    boolean welfare = fate.chance(welfareChance());
    this.welfareFrom = !welfare ? Spell.OPEN : welfareBegin(fate);
    this.welfareTo =
        !welfare || !fate.chance(0.2)
            ? Spell.OPEN
            : Math.max(welfareFrom, window.from()) + fate.between(90, 1500);
    for (int member : household.members()) {
      Person person = town.person(member);
      jobs.add(welfare ? List.of() : jobs(person, draw(member, 0)));
    }
  }

  /** Everyone's spells, oldest first, in the order of the town's people. */
  static List<List<Spell>> of(Town town) {
    List<List<Spell>> all = new ArrayList<>(town.people().size());
    for (int i = 0; i < town.people().size(); i++) {
      all.add(List.of());
    }
    for (Household household : town.households()) {
      Coverage coverage = new Coverage(town, household);
      for (int member : household.members()) {
        all.set(member - town.number() * Town.SIZE, coverage.spells(town.person(member)));
      }
    }
    return all;
  }

  // ---------------------------------------------------------------- one person's spells

  private List<Spell> spells(Person person) {
    int end = Math.min(window.to(), person.died());
    int begin = Math.max(person.born(), window.from());
    int[] days = changes(person, begin, end);
    List<Spell> spells = new ArrayList<>(4);
    Answer last = null;
    int since = begin;
    for (int day : days) {
      Answer now = answer(person, day);
      if (last == null || !now.equals(last)) {
        if (last != null) {
          spells.add(ended(person, last, since, day - 1, lossInto(now)));
        }
        since = last == null ? beginning(person, now, day) : day;
        last = now;
      }
    }
    if (last != null) {
      boolean dead = person.died() <= window.to();
      spells.add(
          spell(
              person,
              last,
              since,
              dead ? person.died() : Spell.OPEN,
              dead ? Spell.Loss.DEATH : null));
    }
    return List.copyOf(spells);
  }

  private Spell ended(Person person, Answer answer, int from, int to, Spell.Loss loss) {
    return spell(person, answer, from, to, loss);
  }

  private Spell spell(Person person, Answer answer, int from, int to, Spell.@Nullable Loss loss) {
    Payer.Kind kind = answer.policy().payer().kind();
    boolean single = kind == Payer.Kind.LATE_ELDERLY || kind == Payer.Kind.WELFARE;
    String branch =
        single ? null : "%02d".formatted(household.members().indexOf(person.index()) + 1);
    return new Spell(answer.policy(), answer.family(), branch, from, to, loss);
  }

  private static Spell.Loss lossInto(Answer next) {
    return next.policy().payer().kind() == Payer.Kind.WELFARE
        ? Spell.Loss.WELFARE_BEGAN
        : Spell.Loss.OTHER_INSURANCE;
  }

  /** What is in force when the window opens began before it, though not before it could. */
  private int beginning(Person person, Answer answer, int day) {
    if (day > window.from() || person.born() >= window.from()) {
      return day;
    }
    int earliest = person.born();
    Payer.Kind kind = answer.policy().payer().kind();
    if (kind == Payer.Kind.LATE_ELDERLY) {
      return person.turns75();
    }
    if (kind == Payer.Kind.WELFARE) {
      earliest = Math.max(earliest, welfareFrom);
    }
    if (kind.ofEmployees()) {
      earliest =
          Math.max(
              earliest, Days.plusYears(town.person(answer.policy().owner()).born(), WORKING_AGE));
    }
    if (kind == Payer.Kind.NATIONAL) {
      earliest = Math.max(earliest, household.stayOn(day).from());
    }
    Draw draw = draw(person.index(), 1);
    return Math.min(day, Math.max(earliest, day - draw.below(LONGEST_BEFORE)));
  }

  private int[] changes(Person person, int begin, int end) {
    int[] days = new int[16 + 4 * household.members().size() * 8];
    int count = 0;
    days[count++] = begin;
    for (int i = 0; i < household.members().size(); i++) {
      Person member = town.person(household.members().get(i));
      if (member.index() != person.index() && !canSupport(member, person)) {
        continue;
      }
      count = add(days, count, member.turns75(), begin, end);
      if (member.died() != Person.ALIVE) {
        count = add(days, count, member.died() + 1, begin, end);
      }
      for (Job job : jobs.get(i)) {
        count = add(days, count, job.from(), begin, end);
        count = add(days, count, job.to() == Spell.OPEN ? job.to() : job.to() + 1, begin, end);
      }
    }
    for (Household.Stay stay : household.stays()) {
      count = add(days, count, stay.from(), begin, end);
    }
    count = add(days, count, welfareFrom, begin, end);
    count = add(days, count, welfareTo == Spell.OPEN ? welfareTo : welfareTo + 1, begin, end);
    int[] sorted = Arrays.copyOf(days, count);
    Arrays.sort(sorted);
    return sorted;
  }

  private static int add(int[] days, int count, int day, int begin, int end) {
    if (day <= begin || day > end) {
      return count;
    }
    days[count] = day;
    return count + 1;
  }

  // ---------------------------------------------------------------- the one question

  private Answer answer(Person person, int day) {
    if (day >= welfareFrom && day <= welfareTo) {
      return new Answer(welfare(person), false);
    }
    if (day >= person.turns75()) {
      return new Answer(lateElderly(person), false);
    }
    Optional<Job> own = jobOn(person, day);
    if (own.isPresent()) {
      return new Answer(own.get().policy(), false);
    }
    return supportOn(person, day)
        .map(policy -> new Answer(policy, true))
        .orElseGet(() -> {
          Policy policy = national(day);
          return new Answer(policy, policy.owner() != person.index());
        });
  }

  private Optional<Policy> supportOn(Person person, int day) {
    if (earnsTooMuch(person, day)) {
      return Optional.empty();
    }
    for (int other : household.members()) {
      Person member = town.person(other);
      if (other != person.index() && canSupport(member, person)) {
        Optional<Job> job = jobOn(member, day);
        if (job.isPresent()) {
          return job.map(Job::policy);
        }
      }
    }
    return Optional.empty();
  }

  /** The self-employed, and pensions above the limit, are on their own without being employed. */
  private boolean earnsTooMuch(Person person, int day) {
    int age = person.ageOn(day);
    double share = age < 20 ? 0 : age >= 60 ? 0.65 : person.woman() ? 0.42 : 0.75;
    return age >= 20 && draw(person.index(), 2).chance(share);
  }

  /** Husband and wife each other, both their children and whom they keep. */
  private static boolean canSupport(Person member, Person person) {
    boolean grown = member.role() == Person.Role.HEAD || member.role() == Person.Role.SPOUSE;
    return grown && member.index() != person.index();
  }

  private Optional<Job> jobOn(Person person, int day) {
    int place = household.members().indexOf(person.index());
    for (Job job : jobs.get(place)) {
      if (day >= job.from() && day <= job.to() && person.isAliveOn(day)) {
        return Optional.of(job);
      }
    }
    return Optional.empty();
  }

  // ---------------------------------------------------------------- work

  /** At most one job at a time; each is another membership. */
  private List<Job> jobs(Person person, Draw draw) {
    int end = Math.min(Math.min(window.to(), person.died()), person.turns75() - 1);
    int school = Days.plusYears(person.born(), draw.chance(UNIVERSITY) ? 22 : WORKING_AGE);
    int first = Days.april(school);
    if (first > end) {
      return List.of();
    }
    List<Job> jobs = new ArrayList<>(3);
    int at = Math.max(window.from(), first);
    boolean employed = draw.chance(employedAt(person, at));
    int from = at == first ? first : window.from();
    Policy policy = employed ? job(person, jobs.size(), draw) : null;
    for (int day = at + 1 + draw.below(365); day <= end; day += draw.between(250, 480)) {
      int age = person.ageOn(day);
      if (policy != null && leaves(age, draw)) {
        jobs.add(new Job(from, day, policy));
        boolean again = age < 60 || draw.chance(0.4);
        from = day + 1 + (draw.chance(GAP_BETWEEN_JOBS) ? draw.between(20, 240) : 0);
        policy = again && from <= end ? job(person, jobs.size(), draw) : null;
        day = Math.max(day, from);
      } else if (policy == null && draw.chance(entersAt(person, age))) {
        from = day + 1;
        policy = from <= end ? job(person, jobs.size(), draw) : null;
      }
    }
    if (policy != null) {
      jobs.add(new Job(from, end == window.to() ? Spell.OPEN : end, policy));
    }
    return jobs;
  }

  private static boolean leaves(int age, Draw draw) {
    double retires = age < 59 ? 0 : age < 64 ? 0.07 : age == 64 || age == 65 ? 0.35 : 0.2;
    return draw.chance(Japan.JOB_CHANGES / 1000 * (age < 30 ? 1.5 : 1) + retires);
  }

  private static double entersAt(Person person, int age) {
    return age >= 58 ? 0.02 : person.woman() ? 0.10 : 0.30;
  }

  private static double employedAt(Person person, int day) {
    double[] byGroup = EMPLOYED[person.woman() ? 1 : 0];
    int group = (person.ageOn(day) - 15) / 5;
    return group < 0 || group >= byGroup.length ? 0 : byGroup[group];
  }

  private Policy job(Person person, int ordinal, Draw draw) {
    Payer.Kind kind = Payer.Kind.values()[EMPLOYERS.draw(draw)];
    return new Policy(
        draw.of(region.payers(kind).toArray(Payer[]::new)),
        Integer.toString(draw.between(100, 9999)),
        Integer.toString(person.index()) + ordinal,
        person.index());
  }

  // ---------------------------------------------------------------- other memberships

  private Policy national(int day) {
    int place = household.stays().indexOf(household.stayOn(day));
    Policy known = national[place];
    if (known == null) {
      int city = household.stays().get(place).city();
      known =
          new Policy(
              region.payers(Payer.Kind.NATIONAL).get(city),
              "架" + (city + 1),
              "%d%d".formatted(town.number() * Town.SIZE + household.number(), place),
              household.members().getFirst());
      national[place] = known;
    }
    return known;
  }

  private Policy lateElderly(Person person) {
    return new Policy(
        region.payers(Payer.Kind.LATE_ELDERLY).getFirst(),
        null,
        CheckDigit.append("%07d".formatted(person.index() % 10_000_000)),
        person.index());
  }

  private Policy welfare(Person person) {
    return new Policy(
        region.payers(Payer.Kind.WELFARE).getFirst(),
        null,
        CheckDigit.append("%06d".formatted(person.index() % 1_000_000)),
        person.index());
  }

  // ---------------------------------------------------------------- welfare

  /** Old people alone and mothers alone more often; together {@link Japan#ON_WELFARE}. */
  private double welfareChance() {
    Person head = town.person(household.members().getFirst());
    boolean alone = household.members().size() == 1;
    boolean couple =
        household.members().stream()
            .anyMatch(member -> town.person(member).role() == Person.Role.SPOUSE);
    double usual = Japan.ON_WELFARE / 1000;
    if (couple) {
      return usual * 0.42;
    }
    return usual * (alone ? head.ageOn(window.to()) >= 65 ? 4.0 : 1.9 : 3.4);
  }

  private int welfareBegin(Draw draw) {
    return draw.chance(0.25)
        ? draw.between(window.from() + 1, window.to() - 30)
        : window.from() - draw.below(LONGEST_BEFORE);
  }

  private Draw draw(int member, int branch) {
    return Draw.at(town.seed() + branch, member, Draw.Purpose.WORK);
  }
}
