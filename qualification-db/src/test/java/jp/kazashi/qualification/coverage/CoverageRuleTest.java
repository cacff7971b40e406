package jp.kazashi.qualification.coverage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import jp.kazashi.qualification.person.BranchNumber;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CoverageRuleTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 4, 1);
  private static final LocalDate LAST = LocalDate.of(2027, 3, 31);
  private static final Instant RECORDED = Instant.parse("2026-03-01T00:00:00Z");

  @Test
  void theFirstAndTheLastDayAreCovered() {
    Qualification year = insurance("A", FIRST, LAST);
    CoverageHistory history = CoverageHistory.of(year);

    assertThat(CoverageRule.on(history, FIRST.minusDays(1)))
        .isEqualTo(new CoverageAnswer.NotYetEffective(year));
    assertThat(CoverageRule.on(history, FIRST)).isEqualTo(coveredBy(year));
    assertThat(CoverageRule.on(history, LAST)).isEqualTo(coveredBy(year));
    assertThat(CoverageRule.on(history, LAST.plusDays(1)))
        .isEqualTo(new CoverageAnswer.Lapsed(year));
  }

  @Test
  void aQualificationWithoutAnEndKeepsCovering() {
    Qualification open = insurance("A", FIRST, null);

    assertThat(CoverageRule.on(CoverageHistory.of(open), LocalDate.of(2099, 1, 1)))
        .isEqualTo(coveredBy(open));
  }

  @Test
  void withTheCardTheNewQualificationIsGivenFromItsFirstDay() {
    Qualification old = insurance("A", FIRST, LAST);
    Qualification changed = insurance("B", LAST.plusDays(1), null);
    CoverageHistory history = CoverageHistory.of(changed, old);

    assertThat(CoverageRule.on(history, LAST)).isEqualTo(coveredBy(old));
    assertThat(CoverageRule.on(history, LAST.plusDays(1))).isEqualTo(coveredBy(changed));
  }

  @Test
  void inAGapTheEarlierHasLapsed() {
    Qualification old = insurance("A", FIRST, LAST);
    Qualification later = insurance("B", LAST.plusMonths(2), null);

    assertThat(CoverageRule.on(CoverageHistory.of(old, later), LAST.plusMonths(1)))
        .isEqualTo(new CoverageAnswer.Lapsed(old));
  }

  @Test
  void nobodyKnownIsUnknown() {
    CoverageAnswer answer = CoverageRule.on(CoverageHistory.of(), FIRST);

    assertThat(answer).isEqualTo(new CoverageAnswer.Unknown());
    assertThat(answer.validity().code()).isEqualTo(4);
  }

  @Test
  void medicalInsuranceComesBeforeMedicalAidAndBothAreNamed() {
    Qualification aid = aid(FIRST, null);
    Qualification insurance = insurance("A", FIRST, null);

    assertThat(CoverageRule.on(CoverageHistory.of(aid, insurance), FIRST))
        .isEqualTo(
            new CoverageAnswer.Covered(insurance, List.of(insurance, aid), ValidityCode.VALID));
  }

  @Test
  void medicalAidAloneIsValidButUnregistered() {
    CoverageAnswer answer = CoverageRule.on(CoverageHistory.of(aid(FIRST, null)), FIRST);

    assertThat(answer.validity().code()).isEqualTo(6);
    assertThat(answer.validity().covers()).isTrue();
  }

  @Test
  void whatWasReplacedIsNotBelievedAnyMoreButWasAtItsTime() {
    Instant corrected = RECORDED.plusSeconds(86_400);
    Qualification believed =
        recorded(insurance("A", FIRST, null), new RecordedPeriod(RECORDED, corrected));
    Qualification known =
        recorded(insurance("A", FIRST, LAST), new RecordedPeriod(corrected, null));
    CoverageHistory history = CoverageHistory.of(believed, known);
    LocalDate after = LAST.plusDays(1);

    assertThat(CoverageRule.on(history, after)).isEqualTo(new CoverageAnswer.Lapsed(known));
    assertThat(CoverageRule.on(history, after, corrected.minusNanos(1)))
        .isEqualTo(coveredBy(believed));
    assertThat(CoverageRule.on(history, after, corrected))
        .isEqualTo(new CoverageAnswer.Lapsed(known));
    assertThat(CoverageRule.on(history, after, RECORDED.minusNanos(1)))
        .isEqualTo(new CoverageAnswer.Unknown());
  }

  @Test
  void twoOfOneKindOnOneDayAreNoHistory() {
    assertThatThrownBy(
            () -> CoverageHistory.of(insurance("A", FIRST, LAST), insurance("B", LAST, null)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void askedByOldIdentifiersTheNewerIsOnlySaidToExist() {
    Qualification old = insurance("A", FIRST, LAST);
    Qualification newer = insurance("B", LAST.plusDays(1), null);
    List<PersonCoverage> found = List.of(person("P-1", old, newer));

    assertThat(CoverageRule.asked(keys("A", null), found, LAST.plusDays(1)))
        .isEqualTo(new CoverageAnswer.Superseded(old));
    assertThat(CoverageRule.asked(keys("A", null), found, LAST)).isEqualTo(coveredBy(old));
    assertThat(CoverageRule.asked(keys("B", null), found, LAST))
        .isEqualTo(new CoverageAnswer.NotYetEffective(newer));
  }

  @Test
  void askedByOldIdentifiersInAGapNothingNewerHoldsYet() {
    Qualification old = insurance("A", FIRST, LAST);
    Qualification newer = insurance("B", LAST.plusMonths(2), null);

    assertThat(
            CoverageRule.asked(
                keys("A", null), List.of(person("P-1", old, newer)), LAST.plusMonths(1)))
        .isEqualTo(new CoverageAnswer.Lapsed(old));
  }

  @Test
  void withoutABranchTwinsAreAmbiguous() {
    List<PersonCoverage> twins =
        List.of(
            person("P-1", insurance("A", FIRST, null)),
            person("P-2", branch(insurance("A", FIRST, null), "02")));

    assertThat(CoverageRule.asked(keys("A", null), twins, FIRST))
        .isEqualTo(new CoverageAnswer.Ambiguous(2));
    assertThat(CoverageRule.asked(keys("A", new BranchNumber("02")), twins, FIRST).validity())
        .isEqualTo(ValidityCode.VALID);
    assertThat(CoverageRule.asked(keys("A", new BranchNumber("03")), twins, FIRST))
        .isEqualTo(new CoverageAnswer.Unknown());
  }

  @Test
  void anotherBirthDateIsUnknown() {
    CoverageKeys wrong =
        new CoverageKeys(insurer(), new SymbolAndNumber("記号", "A"), null, LocalDate.of(1985, 4, 4));

    assertThat(
            CoverageRule.asked(wrong, List.of(person("P-1", insurance("A", FIRST, null))), FIRST))
        .isEqualTo(new CoverageAnswer.Unknown());
  }

  /** The oracle walks day by day and knows nothing of periods. */
  @Property
  void theRuleAgreesWithCountingDays(
      @ForAll("spells") List<Spell> spells, @ForAll @IntRange(min = 0, max = 170) int day) {
    List<Qualification> qualifications = new ArrayList<>();
    int from = 0;
    for (int at = 0; at < spells.size(); at++) {
      from += spells.get(at).gap();
      int to = from + spells.get(at).days() - 1;
      qualifications.add(insurance("Q" + at, FIRST.plusDays(from), FIRST.plusDays(to)));
      from = to + 1;
    }

    assertThat(CoverageRule.on(new CoverageHistory(qualifications), FIRST.plusDays(day)))
        .isEqualTo(byCounting(spells, qualifications, day));
  }

  record Spell(int gap, int days) {}

  @Provide
  Arbitrary<List<Spell>> spells() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 12), Arbitraries.integers().between(1, 20))
        .as(Spell::new)
        .list()
        .ofMaxSize(5);
  }

  private static CoverageAnswer byCounting(
      List<Spell> spells, List<Qualification> qualifications, int day) {
    List<@Nullable Qualification> days = new ArrayList<>();
    for (int at = 0; at < spells.size(); at++) {
      for (int gap = 0; gap < spells.get(at).gap(); gap++) {
        days.add(null);
      }
      for (int held = 0; held < spells.get(at).days(); held++) {
        days.add(qualifications.get(at));
      }
    }
    Qualification today = day < days.size() ? days.get(day) : null;
    if (today != null) {
      return coveredBy(today);
    }
    for (int before = Math.min(day, days.size()) - 1; before >= 0; before--) {
      Qualification held = days.get(before);
      if (held != null) {
        return new CoverageAnswer.Lapsed(held);
      }
    }
    return qualifications.isEmpty()
        ? new CoverageAnswer.Unknown()
        : new CoverageAnswer.NotYetEffective(qualifications.getFirst());
  }

  private static CoverageAnswer coveredBy(Qualification qualification) {
    return new CoverageAnswer.Covered(qualification, List.of(qualification), ValidityCode.VALID);
  }

  private static CoverageKeys keys(String number, @Nullable BranchNumber branch) {
    return new CoverageKeys(
        insurer(), new SymbolAndNumber("記号", number), branch, LocalDate.of(1985, 4, 3));
  }

  private static PersonCoverage person(String code, Qualification... qualifications) {
    PersonId id = new PersonId(UUID.nameUUIDFromBytes(code.getBytes(UTF_8)));
    return new PersonCoverage(
        new Person(id, new PersonCode(code), false, false), CoverageHistory.of(qualifications));
  }

  private static InsurerNumber insurer() {
    return InsurerNumber.completing("0613001");
  }

  private static Qualification insurance(String number, LocalDate from, @Nullable LocalDate to) {
    return new Qualification(
        UUID.randomUUID(),
        QualificationKind.MEDICAL_INSURANCE,
        insurer(),
        "かざし健康保険組合",
        new SymbolAndNumber("記号", number),
        new BranchNumber("01"),
        Relationship.PERSON,
        insured(),
        30,
        from,
        new ValidPeriod(from, to),
        null,
        new RecordedPeriod(RECORDED, null));
  }

  private static Qualification aid(LocalDate from, @Nullable LocalDate to) {
    return new Qualification(
        UUID.randomUUID(),
        QualificationKind.MEDICAL_AID,
        PublicPayerNumber.completing("1213001"),
        "千代田区福祉事務所",
        new SymbolAndNumber(null, "1234566"),
        null,
        Relationship.PERSON,
        insured(),
        0,
        from,
        new ValidPeriod(from, to),
        null,
        new RecordedPeriod(RECORDED, null));
  }

  private static Insured insured() {
    return new Insured(
        new PersonName("山田 花子", "ヤマダ ハナコ"),
        LocalDate.of(1985, 4, 3),
        Sex.FEMALE,
        "100-0001",
        "東京都千代田区1-1");
  }

  private static Qualification recorded(Qualification of, RecordedPeriod recorded) {
    return copy(of, of.branch(), recorded);
  }

  private static Qualification branch(Qualification of, String branch) {
    return copy(of, new BranchNumber(branch), of.recorded());
  }

  private static Qualification copy(
      Qualification of, @Nullable BranchNumber branch, RecordedPeriod recorded) {
    return new Qualification(
        of.id(),
        of.kind(),
        of.payer(),
        of.payerName(),
        of.symbolAndNumber(),
        branch,
        of.relationship(),
        of.insured(),
        of.contributionRatio(),
        of.issuedOn(),
        of.valid(),
        of.lossReason(),
        recorded);
  }
}
