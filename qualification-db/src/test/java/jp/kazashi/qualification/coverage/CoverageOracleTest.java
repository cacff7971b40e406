package jp.kazashi.qualification.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import jp.kazashi.qualification.person.InsurerNumber;
import jp.kazashi.qualification.person.Person;
import jp.kazashi.qualification.person.PersonCode;
import jp.kazashi.qualification.person.PersonId;
import jp.kazashi.qualification.person.PersonName;
import jp.kazashi.qualification.person.PublicPayerNumber;
import jp.kazashi.qualification.person.Sex;
import jp.kazashi.qualification.person.SymbolAndNumber;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/**
 * {@link CoverageRule} against an oracle that knows nothing of periods: it asks, for every day of a
 * small calendar and every moment of a small clock, what was told to hold.
 */
class CoverageOracleTest {
  private static final int DAYS = 14;
  private static final int FOR_EVER = 99;
  private static final LocalDate DAY_0 = LocalDate.of(2026, 4, 1);
  private static final Instant MOMENT_0 = Instant.parse("2026-01-01T00:00:00Z");

  /** A qualification told at one moment, and corrected or not at another. */
  record Told(int kind, int from, int length, int at, int until, int number) {
    boolean holds(int day) {
      return day >= from && day < from + length;
    }

    boolean known(int moment) {
      return moment >= at && moment < until;
    }

    int lastDay() {
      return from + length - 1;
    }
  }

  @Provide
  Arbitrary<List<Told>> histories() {
    Arbitrary<Told> one =
        Combinators.combine(
                Arbitraries.integers().between(0, 1),
                Arbitraries.integers().between(0, DAYS - 1),
                Arbitraries.integers().between(1, 6),
                Arbitraries.integers().between(0, 2),
                Arbitraries.of(3, FOR_EVER),
                Arbitraries.integers().between(0, 1))
            .as(Told::new);
    return one.list().ofMaxSize(8).map(CoverageOracleTest::withoutOverlap);
  }

  private static List<Told> withoutOverlap(List<Told> all) {
    List<Told> kept = new ArrayList<>();
    for (Told each : all) {
      boolean overlaps =
          kept.stream()
              .anyMatch(other ->
                  each.kind == other.kind
                      && IntStream.range(0, DAYS + 7)
                          .anyMatch(day -> each.holds(day) && other.holds(day))
                      && IntStream.range(0, 5)
                          .anyMatch(moment -> each.known(moment) && other.known(moment)));
      if (!overlaps) {
        kept.add(each);
      }
    }
    return kept;
  }

  @Property(tries = 2000)
  void whatHoldsIsWhatWasToldToHold(
      @ForAll("histories") List<Told> told,
      @ForAll @IntRange(min = 0, max = DAYS + 7) int day,
      @ForAll @IntRange(min = 0, max = 4) int moment) {
    CoverageAnswer answer =
        CoverageRule.on(history(told), DAY_0.plusDays(day), MOMENT_0.plusSeconds(moment));

    List<Told> believed = told.stream().filter(each -> each.known(moment)).toList();
    List<Told> holding =
        believed.stream()
            .filter(each -> each.holds(day))
            .sorted(Comparator.comparingInt(Told::kind))
            .toList();
    if (!holding.isEmpty()) {
      Told first = holding.getFirst();
      assertThat(answer)
          .isInstanceOfSatisfying(
              CoverageAnswer.Covered.class,
              covered -> {
                assertThat(covered.all()).hasSize(holding.size());
                assertThat(place(covered.current())).isEqualTo(told.indexOf(first));
                assertThat(covered.validity().code()).isEqualTo(first.kind == 0 ? 1 : 6);
              });
    } else if (believed.stream().anyMatch(each -> each.lastDay() < day)) {
      assertThat(answer).isInstanceOf(CoverageAnswer.Lapsed.class);
      assertThat(answer.validity().code()).isEqualTo(2);
    } else if (!believed.isEmpty()) {
      assertThat(answer).isInstanceOf(CoverageAnswer.NotYetEffective.class);
      assertThat(answer.validity().code()).isEqualTo(2);
    } else {
      assertThat(answer).isEqualTo(new CoverageAnswer.Unknown());
      assertThat(answer.validity().code()).isEqualTo(4);
    }
  }

  @Property(tries = 2000)
  void aLookUpGivesOnlyWhatItsKeysName(
      @ForAll("histories") List<Told> told,
      @ForAll @IntRange(min = 0, max = DAYS + 7) int day,
      @ForAll @IntRange(min = 0, max = 1) int number) {
    CoverageKeys keys =
        new CoverageKeys(
            InsurerNumber.completing("0613001"),
            new SymbolAndNumber(null, "n" + number),
            null,
            LocalDate.of(1985, 4, 3));
    PersonCoverage person =
        new PersonCoverage(
            new Person(new PersonId(new UUID(0, 0)), new PersonCode("P"), false, false),
            history(told));

    CoverageAnswer answer = CoverageRule.asked(keys, List.of(person), DAY_0.plusDays(day));

    assertThat(answer.validity().code()).isEqualTo(askedCode(told, day, number));
  }

  private static int askedCode(List<Told> told, int day, int number) {
    List<Told> believed = told.stream().filter(each -> each.until == FOR_EVER).toList();
    List<Told> named =
        believed.stream().filter(each -> each.kind == 0 && each.number == number).toList();
    if (named.isEmpty()) {
      return 4;
    }
    if (named.stream().anyMatch(each -> each.holds(day))) {
      return 1;
    }
    return named.stream()
        .filter(each -> each.lastDay() < day)
        .max(Comparator.comparingInt(Told::from))
        .map(last ->
            believed.stream().anyMatch(each -> each.holds(day) && each.from > last.from) ? 3 : 2)
        .orElse(2);
  }

  private static int place(Qualification qualification) {
    return (int) qualification.id().getLeastSignificantBits();
  }

  private static CoverageHistory history(List<Told> told) {
    List<Qualification> qualifications = new ArrayList<>();
    for (int at = 0; at < told.size(); at++) {
      Told each = told.get(at);
      boolean aid = each.kind == 1;
      qualifications.add(
          new Qualification(
              new UUID(0, at),
              aid ? QualificationKind.MEDICAL_AID : QualificationKind.MEDICAL_INSURANCE,
              aid ? PublicPayerNumber.completing("1213001") : InsurerNumber.completing("0613001"),
              "x",
              new SymbolAndNumber(null, "n" + each.number),
              null,
              Relationship.PERSON,
              new Insured(
                  new PersonName("x", null), LocalDate.of(1985, 4, 3), Sex.FEMALE, null, null),
              null,
              null,
              new ValidPeriod(DAY_0.plusDays(each.from), DAY_0.plusDays(each.lastDay())),
              null,
              new RecordedPeriod(
                  MOMENT_0.plusSeconds(each.at),
                  each.until == FOR_EVER ? null : MOMENT_0.plusSeconds(each.until))));
    }
    return new CoverageHistory(qualifications);
  }
}
