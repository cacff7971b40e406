package jp.kazashi.simulator.population;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The population against the constants it is made by. Tolerances are four standard errors of what
 * is counted, or, where the model only steers towards a figure, the two points the documents claim.
 */
// Items and kinds are tables by place, as where they are made.
@SuppressWarnings("EnumOrdinal")
class PopulationTest {
  private static final LocalDate DAY = LocalDate.of(2026, 11, 26);
  private static final Window WINDOW = Window.endingOn(DAY);
  private static final int TOWNS = 60;
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final List<Town> towns = new ArrayList<>();
  private static final List<List<List<Spell>>> coverage = new ArrayList<>();

  @BeforeAll
  static void makeTowns() {
    for (int number = 0; number < TOWNS; number++) {
      Town town = Town.of(7, number, WINDOW);
      towns.add(town);
      coverage.add(Coverage.of(town));
    }
  }

  // ---------------------------------------------------------------- the same again

  @Test
  void theSameSeedGivesTheSameBytesInAnyOrderAndOnManyThreads() {
    Population population = new Population(3, 6 * Town.SIZE, DAY);
    List<String> inOrder =
        IntStream.range(0, 6).mapToObj(town -> digest(population.feed(town))).toList();
    List<String> atOnce =
        IntStream.range(0, 6).parallel().mapToObj(town -> digest(population.feed(town))).toList();
    assertThat(atOnce).isEqualTo(inOrder).doesNotHaveDuplicates();
    assertThat(digest(new Population(4, 6 * Town.SIZE, DAY).feed(0))).isNotEqualTo(inOrder.get(0));
  }

  /** A change of what is made is a change of {@link Population#VERSION} and of this digest. */
  @Test
  void whatIsMadeIsOfThisVersion() {
    assertThat(Population.VERSION).isEqualTo(1);
    assertThat(digest(new Population(1, Town.SIZE, DAY).feed(0)))
        .isEqualTo("6a8c2fac4463abfafffc2023e60c1ede27798eedd6b3383f398c72e9c5892da9");
  }

  @Test
  void aSmallerPopulationIsTheBeginningOfALargerOne() {
    Population small = new Population(7, 100, DAY);
    Population large = new Population(7, 5000, DAY);
    assertThat(small.towns()).isEqualTo(1);
    assertThat(small.truths(0)).isEqualTo(large.truths(0).subList(0, 100));
    assertThat(small.truth(42)).isEqualTo(large.truth(42));
  }

  // ---------------------------------------------------------------- the people

  @Test
  void agesFollowThePyramid() {
    double[] counted = new double[Japan.AGE_GROUPS];
    double[] women = new double[Japan.AGE_GROUPS];
    double all = 0;
    for (Person person : everybody()) {
      if (person.died() == Person.ALIVE) {
        int group = Math.min((WINDOW.to() - person.born()) * 4 / 1461 / 5, Japan.AGE_GROUPS - 1);
        counted[group]++;
        women[group] += person.woman() ? 1 : 0;
        all++;
      }
    }
    Weights pyramid = Weights.of(Japan.PEOPLE);
    for (int group = 0; group < Japan.AGE_GROUPS; group++) {
      double share = pyramid.share(group);
      assertThat(counted[group] / all)
          .as("share of age group %d", group)
          .isCloseTo(share, within(4 * error(share, all) + 2e-4));
      assertThat(women[group] / counted[group])
          .as("women of age group %d", group)
          .isCloseTo(Japan.WOMEN[group], within(4 * error(Japan.WOMEN[group], counted[group])));
    }
  }

  @Test
  void asManyDieAsInJapan() {
    double dead = everybody().stream().filter(person -> person.died() != Person.ALIVE).count();
    double expected = 0;
    double living = 0;
    for (int group = 0; group < Japan.AGE_GROUPS; group++) {
      expected += Japan.PEOPLE[group] * Japan.DEATHS[group] / 1000 * Window.YEARS;
      living += Japan.PEOPLE[group];
    }
    double share = expected / (expected + living);
    assertThat(dead / everybody().size())
        .isCloseTo(share, within(4 * error(share, everybody().size())));
  }

  @Test
  void payersHaveTheirSharesOfJapan() {
    Map<Payer.Kind, Double> members = new EnumMap<>(Payer.Kind.class);
    double all = 0;
    for (int town = 0; town < TOWNS; town++) {
      for (List<Spell> spells : coverage.get(town)) {
        for (Spell spell : spells) {
          if (spell.holds(WINDOW.to())) {
            members.merge(spell.policy().payer().kind(), 1.0, Double::sum);
            all++;
          }
        }
      }
    }
    Weights real = Weights.of(Japan.MEMBERS);
    double insured = 1 - Japan.ON_WELFARE / 1000;
    for (int kind = 0; kind < Japan.MEMBERS.length; kind++) {
      assertThat(100 * members.getOrDefault(Payer.Kind.values()[kind], 0.0) / all)
          .as("percent of %s", Payer.Kind.values()[kind])
          .isCloseTo(100 * real.share(kind) * insured, within(2.0));
    }
    assertThat(1000 * members.getOrDefault(Payer.Kind.WELFARE, 0.0) / all)
        .isCloseTo(Japan.ON_WELFARE, within(3.0));
  }

  @Test
  void rareCharactersAreAsRareAsDocumentedAndOutsideCp932() {
    CharsetEncoder cp932 = Charset.forName("windows-31j").newEncoder();
    Map<String, Integer> kinds = new TreeMap<>();
    double households = 0;
    for (Town town : towns) {
      for (Household household : town.households()) {
        households++;
        Person head = town.person(household.members().getFirst());
        String name = Member.of(town, head).name().registered();
        if (!cp932.canEncode(name)) {
          kinds.merge(kindOf(name), 1, Integer::sum);
        }
      }
    }
    double rare = kinds.values().stream().mapToInt(Integer::intValue).sum();
    double share = Japan.RARE_NAMES / 1000;
    assertThat(rare / households).isCloseTo(share, within(4 * error(share, households)));
    assertThat(kinds).containsOnlyKeys("basic plane", "supplementary plane", "variation selector");
  }

  // ---------------------------------------------------------------- families

  @Test
  void familiesAreConsistent() {
    for (Town town : towns) {
      for (Household household : town.households()) {
        List<Person> members = household.members().stream().map(town::person).toList();
        Person head = members.getFirst();
        assertThat(head.role()).isEqualTo(Person.Role.HEAD);
        for (Person member : members) {
          assertThat(member.household()).isEqualTo(household.number());
          switch (member.role()) {
            case HEAD -> assertThat(member).isEqualTo(head);
            case SPOUSE -> assertThat(member.woman()).isNotEqualTo(head.woman());
            case CHILD -> {
              Person mother =
                  members.stream()
                      .filter(each -> each.woman() && each.role() != Person.Role.CHILD)
                      .findFirst()
                      .orElseThrow();
              assertThat(Days.yearsBetween(mother.born(), member.born())).isBetween(18, 48);
              assertThat(mother.died()).isGreaterThanOrEqualTo(member.born());
            }
            case WARD ->
                assertThat(Days.yearsBetween(head.born(), member.born()))
                    .isGreaterThanOrEqualTo(20);
          }
        }
        mustBeApart(members);
      }
    }
  }

  @Test
  void nearlyEveryChildHasAMother() {
    double children = 0;
    double motherless = 0;
    double alone = 0;
    for (Person person : everybody()) {
      if (person.ageOn(WINDOW.to()) < 15) {
        children++;
        motherless += person.role() != Person.Role.CHILD ? 1 : 0;
        alone += person.role() == Person.Role.HEAD ? 1 : 0;
      }
    }
    assertThat(motherless / children).isLessThan(0.05);
    assertThat(alone).isZero();
  }

  /** Brothers and sisters are twins or nine months apart. */
  private static void mustBeApart(List<Person> members) {
    int[] births =
        members.stream()
            .filter(member -> member.role() == Person.Role.CHILD)
            .mapToInt(Person::born)
            .sorted()
            .toArray();
    for (int i = 1; i < births.length; i++) {
      int apart = births[i] - births[i - 1];
      assertThat(apart == 0 || apart >= 280).as("%d days apart", apart).isTrue();
    }
  }

  // ---------------------------------------------------------------- coverage

  @Test
  void nobodyIsCoveredTwiceAndNobodyLivesUncovered() {
    for (int town = 0; town < TOWNS; town++) {
      for (Person person : towns.get(town).people()) {
        List<Spell> spells = spellsOf(town, person);
        int next = Math.max(person.born(), WINDOW.from());
        assertThat(spells).isNotEmpty();
        assertThat(spells.getFirst().from()).isLessThanOrEqualTo(next);
        for (int i = 0; i < spells.size(); i++) {
          Spell spell = spells.get(i);
          assertThat(spell.from()).isLessThanOrEqualTo(spell.to());
          assertThat(spell.from()).isGreaterThanOrEqualTo(person.born());
          if (i > 0) {
            assertThat(spell.from()).isEqualTo(spells.get(i - 1).to() + 1);
          }
        }
        Spell last = spells.getLast();
        assertThat(last.to()).isEqualTo(person.died() == Person.ALIVE ? Spell.OPEN : person.died());
        assertThat(last.loss()).isEqualTo(person.died() == Person.ALIVE ? null : Spell.Loss.DEATH);
      }
    }
  }

  @Test
  void familyMembersAreInAPolicyOfSomeoneWhoIsInIt() {
    for (int town = 0; town < TOWNS; town++) {
      for (Person person : towns.get(town).people()) {
        for (Spell spell : spellsOf(town, person)) {
          if (!spell.family() || !spell.policy().payer().kind().ofEmployees()) {
            continue;
          }
          Person owner = towns.get(town).person(spell.policy().owner());
          assertThat(owner.household()).isEqualTo(person.household());
          int day = Math.max(spell.from(), WINDOW.from());
          assertThat(spellsOf(town, owner))
              .anyMatch(
                  own -> own.policy().equals(spell.policy()) && !own.family() && own.holds(day));
        }
      }
    }
  }

  @Test
  void whoeverTurns75BecomesALateElderlyOnThatDay() {
    int seen = 0;
    for (int town = 0; town < TOWNS; town++) {
      for (Person person : towns.get(town).people()) {
        int birthday = person.turns75();
        if (WINDOW.holds(birthday) && birthday > WINDOW.from() && person.isAliveOn(birthday)) {
          seen++;
          assertThat(spellsOf(town, person))
              .filteredOn(spell -> spell.holds(birthday))
              .singleElement()
              .satisfies(spell ->
                  assertThat(spell.policy().payer().kind())
                      .isIn(Payer.Kind.LATE_ELDERLY, Payer.Kind.WELFARE));
        }
      }
    }
    assertThat(seen).isGreaterThan(1000);
  }

  @Test
  void everyNumberOfEveryPayerHasItsCheckDigit() {
    for (int region = 0; region < Region.count(); region++) {
      for (Payer payer : Region.number(region).payers()) {
        String number = payer.number();
        assertThat(number).matches("\\d{6}|\\d{8}");
        String body = number.substring(0, number.length() - 1);
        assertThat(CheckDigit.append(body)).isEqualTo(number);
      }
    }
    // The worked example of the public description.
    assertThat(CheckDigit.of("3312001")).isEqualTo(5);
    assertThat(CheckDigit.of("5401602")).isEqualTo(7);
    assertThat(CheckDigit.of("8113624")).isEqualTo(4);
  }

  // ---------------------------------------------------------------- records

  @Test
  void nothingIsToldBeforeBirthAfterDeathOrOutsideCoverage() {
    for (int town = 0; town < 12; town++) {
      for (Person person : towns.get(town).people()) {
        List<Spell> spells = spellsOf(town, person);
        History.tell(towns.get(town), person, spells, new Watching(person, spells.getFirst()));
      }
    }
  }

  @Test
  void aPersonHasSixtyRecordsOnAverage() {
    double records = 0;
    for (int town = 0; town < TOWNS; town++) {
      records +=
          Feed.of(towns.get(town), Integer.MAX_VALUE).stream()
              .mapToLong(delivery -> delivery.lines().count())
              .sum();
    }
    assertThat(records / (TOWNS * Town.SIZE)).isCloseTo(60, within(3.0));
  }

  @Test
  void visitsFollowJapansRatesByAgeAndSex() {
    Map<String, double[]> byGroup = new TreeMap<>();
    for (int town = 0; town < TOWNS; town++) {
      for (Person person : towns.get(town).people()) {
        Visits visits = new Visits();
        History.tell(towns.get(town), person, spellsOf(town, person), visits);
        int until = Math.min(History.lastClaimed(WINDOW.to()), person.died());
        for (int day = Math.max(WINDOW.from(), person.born()); day <= until; day += 30) {
          double[] sums = byGroup.computeIfAbsent(group(person, day), any -> new double[2]);
          sums[0] += Japan.visits(person.woman(), person.ageOn(day)) * 30 / 365.25;
        }
        visits.days.forEach(
            day -> byGroup.computeIfAbsent(group(person, day), any -> new double[2])[1]++);
      }
    }
    byGroup.forEach((group, sums) -> {
      if (sums[0] > 2000) {
        assertThat(sums[1] / sums[0]).as("visits of %s", group).isCloseTo(1, within(0.08));
      }
    });
    assertThat(byGroup).hasSizeGreaterThan(15);
  }

  @Test
  void bodiesMoveTogetherAndWithAge() {
    List<double[]> checkups = new ArrayList<>();
    Map<Integer, List<Double>> pressures = new TreeMap<>();
    for (int town = 0; town < TOWNS; town++) {
      for (Person person : towns.get(town).people()) {
        History.tell(
            towns.get(town),
            person,
            spellsOf(town, person),
            new Checkups((day, values) -> {
              checkups.add(values);
              pressures
                  .computeIfAbsent(person.ageOn(day) / 10, any -> new ArrayList<>())
                  .add(values[Item.SYSTOLIC.ordinal()]);
            }));
      }
    }
    assertThat(checkups).hasSizeGreaterThan(50_000);
    assertThat(correlation(checkups, Item.BMI, Item.SYSTOLIC)).isBetween(0.12, 0.45);
    assertThat(correlation(checkups, Item.BMI, Item.HBA1C)).isBetween(0.12, 0.45);
    assertThat(correlation(checkups, Item.BMI, Item.TRIGLYCERIDE)).isBetween(0.15, 0.5);
    assertThat(correlation(checkups, Item.BMI, Item.HDL)).isBetween(-0.55, -0.15);
    assertThat(correlation(checkups, Item.SYSTOLIC, Item.DIASTOLIC)).isBetween(0.5, 0.95);
    assertThat(correlation(checkups, Item.GLUCOSE, Item.HBA1C)).isBetween(0.6, 0.98);
    assertThat(mean(pressures.getOrDefault(7, List.of())))
        .isGreaterThan(mean(pressures.getOrDefault(4, List.of())) + 5);
    assertThat(mean(checkups.stream().map(values -> values[Item.BMI.ordinal()]).toList()))
        .isBetween(21.5, 24.5);
  }

  @Test
  void asManyAreExaminedAsInJapan() {
    double due = 0;
    double done = 0;
    for (int town = 0; town < TOWNS; town++) {
      for (Person person : towns.get(town).people()) {
        int begin = Math.max(WINDOW.from(), Days.plusYears(person.born(), 40));
        int end = Math.min(Math.min(WINDOW.to(), person.died()), person.turns75() - 1);
        due += Math.max(0, end - begin + 1) / 365.25;
        int[] count = {0};
        History.tell(
            towns.get(town),
            person,
            spellsOf(town, person),
            new Checkups((day, values) -> count[0] += day >= begin && day <= end ? 1 : 0));
        done += count[0];
      }
    }
    assertThat(done / due).isCloseTo(Japan.EXAMINED, within(0.03));
  }

  // ---------------------------------------------------------------- lines and truth

  @Test
  void linesSayWhatIsTrue() throws Exception {
    Population population = new Population(7, 2 * Town.SIZE, DAY);
    Map<String, Map<String, List<JsonNode>>> told = new HashMap<>();
    for (Feed.Delivery delivery : population.feed(1)) {
      for (String line : delivery.lines().text().lines().toList()) {
        JsonNode json = JSON.readTree(line);
        told.computeIfAbsent(json.path("personCode").asText(), any -> new HashMap<>())
            .computeIfAbsent(json.path("type").asText(), any -> new ArrayList<>())
            .add(json);
      }
    }
    for (Map<String, Object> truth : population.truths(1)) {
      Map<String, List<JsonNode>> lines =
          told.getOrDefault(String.valueOf(truth.get("personCode")), Map.of());
      mustBeTold(lines, "qualification", truth.getOrDefault("qualifications", List.of()));
      mustBeTold(lines, "medication", truth.getOrDefault("medications", List.of()));
      mustBeTold(lines, "care", truth.getOrDefault("care", List.of()));
      mustBeTold(lines, "surgery", truth.getOrDefault("surgeries", List.of()));
      mustBeTold(lines, "checkup", truth.getOrDefault("checkups", List.of()));
    }
  }

  private static void mustBeTold(Map<String, List<JsonNode>> lines, String type, Object expected) {
    List<Map<String, String>> said =
        lines.getOrDefault(type, List.of()).stream().map(PopulationTest::flat).toList();
    List<Map<String, String>> truth =
        ((List<?>) expected).stream().map(each -> flat(JSON.valueToTree(each))).toList();
    assertThat(said).as(type).containsExactlyInAnyOrderElementsOf(truth);
  }

  /** Both forms made comparable: fields without the frame, items as one text. */
  private static Map<String, String> flat(JsonNode json) {
    Map<String, String> fields = new TreeMap<>();
    json.properties()
        .forEach(field -> {
          switch (field.getKey()) {
            case "type", "personCode" -> {}
            case "items" ->
                fields.put(
                    "items",
                    field.getValue().isTextual()
                        ? field.getValue().asText()
                        : String.join(
                            ";",
                            field.getValue().properties().stream()
                                .map(item -> item.getKey() + "=" + item.getValue().asText())
                                .toList()));
            case "times" -> {
              if (!field.getValue().asText().equals("1")) {
                fields.put("times", field.getValue().asText());
              }
            }
            default -> fields.put(field.getKey(), field.getValue().asText());
          }
        });
    return fields;
  }

  // ---------------------------------------------------------------- who listens

  private static class Silent implements Records {
    @Override
    public void covered(Spell spell) {}

    @Override
    public void medication(
        int day, Source source, Facility facility, Facility prescriber, Drug drug, int days) {}

    @Override
    public void care(int day, Facility facility, Act act, int times) {}

    @Override
    public void surgery(int day, Facility facility, Act act) {}

    @Override
    public void checkup(int day, Facility facility, CheckupKind kind, double[] values) {}
  }

  private static final class Watching extends Silent {
    private final Person person;
    private Spell spell;

    Watching(Person person, Spell first) {
      this.person = person;
      this.spell = first;
    }

    @Override
    public void covered(Spell now) {
      spell = now;
    }

    @Override
    public void medication(
        int day, Source source, Facility facility, Facility prescriber, Drug drug, int days) {
      check(day);
      assertThat(days).isBetween(1, 90);
      if (source == Source.RECEIPT) {
        assertThat(day).isLessThanOrEqualTo(History.lastClaimed(WINDOW.to()));
      }
    }

    @Override
    public void care(int day, Facility facility, Act act, int times) {
      check(day);
      assertThat(act.isSurgery()).isFalse();
    }

    @Override
    public void surgery(int day, Facility facility, Act act) {
      check(day);
      assertThat(act.isSurgery()).isTrue();
    }

    @Override
    public void checkup(int day, Facility facility, CheckupKind kind, double[] values) {
      check(day);
      assertThat(person.ageOn(day)).isGreaterThanOrEqualTo(40);
    }

    private void check(int day) {
      assertThat(WINDOW.holds(day)).isTrue();
      assertThat(person.isAliveOn(day)).isTrue();
      assertThat(spell.holds(day)).isTrue();
    }
  }

  /** A visit is a day with a first or later visit, or a dentist's. */
  private static final class Visits extends Silent {
    private final List<Integer> days = new ArrayList<>();

    @Override
    public void care(int day, Facility facility, Act act, int times) {
      if (act == Act.FIRST_VISIT || act == Act.VISIT || act == Act.DENTAL_MANAGEMENT) {
        days.add(day);
      }
    }
  }

  private interface Examined {
    void on(int day, double[] values);
  }

  private static final class Checkups extends Silent {
    private final Examined examined;

    Checkups(Examined examined) {
      this.examined = examined;
    }

    @Override
    public void checkup(int day, Facility facility, CheckupKind kind, double[] values) {
      examined.on(day, values);
    }
  }

  // ---------------------------------------------------------------- helpers

  private static List<Person> everybody() {
    return towns.stream().flatMap(town -> town.people().stream()).toList();
  }

  private static List<Spell> spellsOf(int town, Person person) {
    return coverage.get(town).get(person.index() - town * Town.SIZE);
  }

  private static String group(Person person, int day) {
    int age = person.ageOn(day);
    return "%s %02d".formatted(person.woman() ? "women" : "men", age / 10 * 10);
  }

  private static String kindOf(String name) {
    if (name.codePoints().anyMatch(point -> point >= 0xE0100 && point <= 0xE01EF)) {
      return "variation selector";
    }
    return name.codePoints().anyMatch(point -> point > 0xFFFF)
        ? "supplementary plane"
        : "basic plane";
  }

  private static double error(double share, double of) {
    return StrictMath.sqrt(share * (1 - share) / of);
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  private static double correlation(List<double[]> rows, Item one, Item other) {
    ToDoubleFunction<double[]> x = row -> row[one.ordinal()];
    ToDoubleFunction<double[]> y = row -> row[other.ordinal()];
    double mx = rows.stream().mapToDouble(x).average().orElseThrow();
    double my = rows.stream().mapToDouble(y).average().orElseThrow();
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (double[] row : rows) {
      double dx = x.applyAsDouble(row) - mx;
      double dy = y.applyAsDouble(row) - my;
      xy += dx * dy;
      xx += dx * dx;
      yy += dy * dy;
    }
    return xy / StrictMath.sqrt(xx * yy);
  }

  private static String digest(List<Feed.Delivery> deliveries) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Feed.Delivery delivery : deliveries) {
        digest.update((delivery.from().number() + delivery.to()).getBytes(StandardCharsets.UTF_8));
        digest.update(delivery.lines().bytes(), 0, delivery.lines().length());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }
}
