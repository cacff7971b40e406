package jp.kazashi.qualification.store.reactive;

import static jp.kazashi.qualification.store.reactive.Counter.CLINIC;
import static jp.kazashi.qualification.store.reactive.Counter.INSURER;
import static jp.kazashi.qualification.store.reactive.Counter.NOON;
import static jp.kazashi.qualification.store.reactive.Counter.answered;
import static jp.kazashi.qualification.store.reactive.Counter.challenge;
import static jp.kazashi.qualification.store.reactive.Counter.claims;
import static jp.kazashi.qualification.store.reactive.Counter.consented;
import static jp.kazashi.qualification.store.reactive.Counter.drug;
import static jp.kazashi.qualification.store.reactive.Counter.fiveYearsBefore;
import static jp.kazashi.qualification.store.reactive.Counter.insured;
import static jp.kazashi.qualification.store.reactive.Counter.people;
import static jp.kazashi.qualification.store.reactive.Counter.registered;
import static jp.kazashi.qualification.store.reactive.RealDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import jp.kazashi.qualification.consent.ConsentGrant;
import jp.kazashi.qualification.coverage.CoverageAnswer;
import jp.kazashi.qualification.coverage.CoverageKeys;
import jp.kazashi.qualification.coverage.CoverageRule;
import jp.kazashi.qualification.coverage.PersonCoverage;
import jp.kazashi.qualification.holder.HolderLink;
import jp.kazashi.qualification.medical.MedicalCategory;
import jp.kazashi.qualification.medical.MedicationRecord;
import jp.kazashi.qualification.person.BranchNumber;
import jp.kazashi.qualification.person.PersonId;
import jp.kazashi.qualification.person.SymbolAndNumber;
import jp.kazashi.qualification.store.FoundCheck;
import jp.kazashi.qualification.store.HolderCoverage;
import jp.kazashi.qualification.store.Station.CheckStation;
import jp.kazashi.qualification.store.reactive.RealDatabase.Running;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RealDatabase.class)
class CoverageAndRecordsTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 20);

  private final Running database;
  private final CoverageInDatabase coverage;

  CoverageAndRecordsTest(Running database) {
    this.database = database;
    this.coverage = new CoverageInDatabase(database.sessions());
  }

  @Test
  void aLinkedHolderComesWithPersonFlagsAndHistory() {
    insure("P-linked");

    HolderCoverage found = await(coverage.byHolder(Counter.link("P-linked")));

    assertThat(found)
        .isInstanceOfSatisfying(
            HolderCoverage.Linked.class,
            linked -> {
              assertThat(linked.person().code().value()).isEqualTo("P-linked");
              assertThat(linked.person().undisclosed()).isFalse();
              assertThat(linked.history().qualifications()).hasSize(2);
              assertThat(CoverageRule.on(linked.history(), TODAY))
                  .isInstanceOfSatisfying(
                      CoverageAnswer.Covered.class,
                      covered -> {
                        assertThat(covered.current().insured().name().registered())
                            .isEqualTo("山田 花子");
                        assertThat(covered.current().valid().from()).isEqualTo("2026-04-01");
                      });
            });
  }

  @Test
  void aHolderWhomNobodyRegisteredIsNotLinked() {
    assertThat(await(coverage.byHolder(new HolderLink("a stranger's card"))))
        .isEqualTo(new HolderCoverage.NotLinked());
  }

  @Test
  void aLookUpFindsTheWholeHistoryOfEveryoneItsKeysFit() {
    insure("P-looked-up");

    List<PersonCoverage> found = await(coverage.byKeys(keys("P-looked-up-1", null)));

    assertThat(found).hasSize(1);
    assertThat(found.getFirst().history().qualifications()).hasSize(2);
  }

  @Test
  void aLookUpByOldIdentifiersIsSupersededAndTellsNothingNewer() {
    database.take(
        people("superseded"),
        List.of(
            insured("1", "P-moved", "OLD-9", "01", "2024-04-01", "2026-03-31", "東京都"),
            insured("2", "P-moved", "NEW-9", "01", "2026-04-01", null, "東京都")));
    CoverageKeys old = keys("OLD-9", null);

    CoverageAnswer answer = CoverageRule.asked(old, await(coverage.byKeys(old)), TODAY);

    assertThat(answer)
        .isInstanceOfSatisfying(
            CoverageAnswer.Superseded.class,
            superseded ->
                assertThat(superseded.asked().symbolAndNumber().number()).isEqualTo("OLD-9"));
  }

  @Test
  void twinsAreAmbiguousUntilTheBranchIsGiven() {
    database.take(
        people("twins"),
        List.of(
            insured("1", "P-twin-a", "TWIN", "01", "2026-04-01", null, "東京都"),
            insured("2", "P-twin-b", "TWIN", "02", "2026-04-01", null, "東京都")));
    CoverageKeys both = keys("TWIN", null);
    CoverageKeys one = keys("TWIN", new BranchNumber("02"));

    assertThat(CoverageRule.asked(both, await(coverage.byKeys(both)), TODAY))
        .isEqualTo(new CoverageAnswer.Ambiguous(2));
    assertThat(CoverageRule.asked(one, await(coverage.byKeys(one)), TODAY))
        .isInstanceOf(CoverageAnswer.Covered.class);
  }

  @Test
  void medicationsAreReadUnderALiveGrantOldestFirstAndWithinTheMonths() {
    insure("P-drugs");
    database.take(
        claims("drugs"),
        List.of(
            drug("1", "P-drugs", "2026-09", "2026-09-03"),
            drug("2", "P-drugs", "2026-07", "2026-07-01"),
            drug("3", "P-drugs", "2026-10", "2026-10-09"),
            drug("4", "P-drugs", "2025-12", "2025-12-30")));
    ConsentGrant grant = granted("P-drugs", MedicalCategory.MEDICATION).orElseThrow();

    List<MedicationRecord> read =
        await(
            new RecordsInDatabase(database.sessions())
                .of(grant, YearMonth.of(2025, 12), YearMonth.of(2026, 9), fiveYearsBefore(NOON)));

    assertThat(read.stream().map(MedicationRecord::date))
        .containsExactly(
            LocalDate.of(2025, 12, 30), LocalDate.of(2026, 7, 1), LocalDate.of(2026, 9, 3));
  }

  @Test
  void nothingOlderThanTheRetentionIsReadToTheDay() {
    insure("P-old-drugs");
    database.take(
        claims("old-drugs"),
        List.of(
            drug("1", "P-old-drugs", "2021-11", "2021-11-19"),
            drug("2", "P-old-drugs", "2021-11", "2021-11-20")));
    ConsentGrant grant = granted("P-old-drugs", MedicalCategory.MEDICATION).orElseThrow();

    List<MedicationRecord> read =
        await(
            new RecordsInDatabase(database.sessions())
                .of(grant, YearMonth.of(2021, 1), YearMonth.of(2026, 11), fiveYearsBefore(NOON)));

    assertThat(read.stream().map(MedicationRecord::date))
        .containsExactly(LocalDate.of(2021, 11, 20));
  }

  @Test
  void aGrantForCareDoesNotReadMedications() {
    insure("P-care-only");
    ConsentGrant care = granted("P-care-only", MedicalCategory.CARE).orElseThrow();

    assertThatThrownBy(() ->
            new RecordsInDatabase(database.sessions())
                .of(care, YearMonth.of(2026, 1), YearMonth.of(2026, 2), fiveYearsBefore(NOON)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aLaterVisitAtTheSameInstitutionReplacesTheGrantsOfTheEarlier() {
    insure("P-twice");
    var person = personOf("P-twice");
    var committer =
        database.committer(
            await(new EpochsInDatabase(database.sessions()).of(Counter.freshNode(), NOON)));
    CheckStation first = answered(challenge(), person);
    CheckStation second = answered(challenge(), person);
    await(committer.commit(first));
    await(committer.commit(consented(first, NOON.plusSeconds(5), MedicalCategory.MEDICATION)));
    await(committer.commit(second));
    await(committer.commit(consented(second, NOON.plusSeconds(600), MedicalCategory.CARE)));

    FoundCheck found =
        await(new ChecksInDatabase(database.sessions()).byId(first.check().id(), CLINIC))
            .orElseThrow();

    assertThat(
            found
                .ledger()
                .live(first.check().id(), MedicalCategory.MEDICATION, NOON.plusSeconds(599)))
        .isPresent();
    assertThat(
            found
                .ledger()
                .live(first.check().id(), MedicalCategory.MEDICATION, NOON.plusSeconds(600)))
        .isEmpty();
  }

  private Optional<ConsentGrant> granted(String code, MedicalCategory category) {
    CheckStation check = answered(challenge(), personOf(code));
    var committer =
        database.committer(
            await(new EpochsInDatabase(database.sessions()).of(Counter.freshNode(), NOON)));
    await(committer.commit(check));
    await(committer.commit(consented(check, NOON.plusSeconds(5), category)));
    return await(new ChecksInDatabase(database.sessions()).byId(check.check().id(), CLINIC))
        .orElseThrow()
        .ledger()
        .live(check.check().id(), category, NOON.plusSeconds(6));
  }

  private PersonId personOf(String code) {
    return ((HolderCoverage.Linked) await(coverage.byHolder(Counter.link(code)))).person().id();
  }

  private void insure(String code) {
    database.take(
        people("insure-" + code),
        List.of(
            insured("1", code, "2020-04-01", "2026-03-31"),
            insured("2", code, "2026-04-01", null)));
    database.take(people("link-" + code), List.of(registered("1", code, code)));
  }

  private static CoverageKeys keys(String number, @Nullable BranchNumber branch) {
    return new CoverageKeys(
        INSURER, new SymbolAndNumber("記号1", number), branch, LocalDate.of(1985, 4, 3));
  }
}
