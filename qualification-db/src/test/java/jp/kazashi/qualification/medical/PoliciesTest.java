package jp.kazashi.qualification.medical;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.Period;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jp.kazashi.qualification.institution.InstitutionCode;
import jp.kazashi.qualification.intake.CheckupItems;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PoliciesTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 20);

  @ParameterizedTest
  @EnumSource(
      value = KeptKind.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"LABORATORY", "PRESCRIPTION"})
  void fiveYearsAreShownToTheDayAndNoLonger(KeptKind kind) {
    LocalDate exactly = LocalDate.of(2021, 11, 20);

    assertThat(shown(kind.policy(), TODAY, exactly.plusDays(1), exactly, exactly.minusDays(1)))
        .containsExactly(exactly.plusDays(1), exactly);
  }

  @ParameterizedTest
  @CsvSource({
    "2024-02-29, 2029-02-28, true",
    "2024-02-29, 2029-03-01, false",
    "2024-02-28, 2029-02-28, true",
    "2024-02-28, 2029-03-01, false",
    "2023-02-28, 2028-02-28, true",
    "2023-02-28, 2028-02-29, true",
    "2023-02-28, 2028-03-01, false",
    "2023-03-01, 2028-03-01, true"
  })
  void fiveYearsAcrossALeapDay(LocalDate date, LocalDate today, boolean visible) {
    assertThat(shown(RetentionPolicy.fiveYears(), today, date)).hasSize(visible ? 1 : 0);
  }

  @Test
  void laboratoryResultsOfOneYearOrTheNewestThreeAreShown() {
    LocalDate[] reports = daysAgo(10, 20, 400, 500);

    assertThat(shown(RetentionPolicy.laboratory(), TODAY, reports))
        .containsExactly(daysAgo(10, 20, 400));
  }

  @Test
  void theOneYearOfLaboratoryResultsIsToTheDay() {
    LocalDate[] reports = {
      TODAY,
      TODAY.minusDays(1),
      TODAY.minusDays(2),
      TODAY.minusYears(1),
      TODAY.minusYears(1).minusDays(1)
    };

    assertThat(shown(RetentionPolicy.laboratory(), TODAY, reports))
        .containsExactly(TODAY, TODAY.minusDays(1), TODAY.minusDays(2), TODAY.minusYears(1));
  }

  @Test
  void prescriptionsOfAHundredDaysOrTheNewestThreeAreShown() {
    assertThat(shown(RetentionPolicy.prescription(), TODAY, daysAgo(1, 2, 3, 100, 101)))
        .containsExactly(daysAgo(1, 2, 3, 100));
    assertThat(shown(RetentionPolicy.prescription(), TODAY, daysAgo(101, 200, 300, 301)))
        .containsExactly(daysAgo(101, 200, 300));
  }

  @Test
  void theSamePolicyMayBeReadAsBothInsideAndNewest() {
    RetentionPolicy both =
        new RetentionPolicy.WindowAndNewest(
            Period.ofYears(1), 3, RetentionPolicy.WindowAndNewest.Joined.BOTH);

    assertThat(shown(both, TODAY, daysAgo(10, 20, 30, 40, 400)))
        .containsExactly(daysAgo(10, 20, 30));
  }

  @Test
  void severalResultsOfOneDayAreOneReport() {
    LocalDate day = TODAY.minusDays(400);

    assertThat(shown(RetentionPolicy.laboratory(), TODAY, day, day, day, day)).hasSize(4);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "2026-01-31, -, 2026-07-30, true",
        "2026-01-31, -, 2026-07-31, false",
        "2025-08-31, -, 2026-02-27, true",
        "2025-08-31, -, 2026-02-28, false",
        "2026-01-31, 2026-03-10, 2026-03-16, true",
        "2026-01-31, 2026-03-10, 2026-03-17, false",
        "2026-01-31, 2026-07-29, 2026-07-30, true",
        "2026-01-31, 2026-07-29, 2026-07-31, false"
      })
  void aReferralIsKeptSixMonthsOrAWeekFromItsReceipt(
      LocalDate created, @Nullable LocalDate received, LocalDate today, boolean kept) {
    assertThat(ReferralRetention.ordinary().kept(created, received, today)).isEqualTo(kept);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-09, 2026-10-10, false",
    "2026-09, 2026-10-11, true",
    "2025-12, 2026-01-10, false",
    "2025-12, 2026-01-11, true"
  })
  void drugsOfAMonthAppearOnTheEleventhOfTheNext(YearMonth month, LocalDate today, boolean open) {
    assertThat(PublishGate.drugs().open(month, today)).isEqualTo(open);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-09, 2026-11-10, false",
    "2026-09, 2026-11-11, true",
    "2025-11, 2026-01-10, false",
    "2025-11, 2026-01-11, true"
  })
  void costsOfAMonthAppearOnTheEleventhOfTheMonthAfterTheNext(
      YearMonth month, LocalDate today, boolean open) {
    assertThat(PublishGate.cost().open(month, today)).isEqualTo(open);
  }

  @Test
  void theCatalogueHasFortyThreeLaboratoryItemsAndFiveInfections() {
    List<LabCatalogue.Item> items = LabCatalogue.items();

    assertThat(items.stream().filter(LabCatalogue.Item::infection)).hasSize(5);
    assertThat(items.stream().filter(item -> !item.infection())).hasSize(43);
    assertThat(items).extracting(LabCatalogue.Item::code).doesNotHaveDuplicates();
    assertThat(items).extracting(LabCatalogue.Item::name).doesNotHaveDuplicates();
  }

  @Test
  void theBetterSourceOfAFacilityAndDayStands() {
    MedicationRecord receipt = drug(MedicationSource.RECEIPT, "1312345670", TODAY.minusDays(60));
    MedicationRecord dispensed =
        drug(MedicationSource.DISPENSING, "1312345670", TODAY.minusDays(60));
    MedicationRecord elsewhere =
        drug(MedicationSource.PRESCRIPTION, "1312345688", TODAY.minusDays(60));

    assertThat(MedicationHistory.on(List.of(receipt, dispensed, elsewhere), TODAY))
        .containsExactly(
            new MedicationHistory.Told(receipt, false),
            new MedicationHistory.Told(dispensed, true),
            new MedicationHistory.Told(elsewhere, false));
  }

  @Test
  void aReceiptThatIsNotPublishedYetRevisesNothing() {
    MedicationRecord receipt = drug(MedicationSource.RECEIPT, "1312345670", TODAY.minusDays(1));
    MedicationRecord dispensed =
        drug(MedicationSource.DISPENSING, "1312345670", TODAY.minusDays(1));

    assertThat(MedicationHistory.on(List.of(receipt, dispensed), TODAY))
        .containsExactly(new MedicationHistory.Told(dispensed, false));
  }

  @Test
  void claimsAreToldForFiveYearsAndPrescriptionsForAHundredDays() {
    List<MedicationRecord> taken = new ArrayList<>();
    taken.add(drug(MedicationSource.RECEIPT, "1312345670", TODAY.minusYears(5)));
    taken.add(drug(MedicationSource.RECEIPT, "1312345670", TODAY.minusYears(5).minusDays(1)));
    for (int days : new int[] {1, 2, 3, 100, 101}) {
      taken.add(drug(MedicationSource.PRESCRIPTION, "1312345670", TODAY.minusDays(days)));
    }

    assertThat(MedicationHistory.on(taken, TODAY))
        .extracting(told -> told.record().date())
        .containsExactly(
            TODAY.minusYears(5),
            TODAY.minusDays(1),
            TODAY.minusDays(2),
            TODAY.minusDays(3),
            TODAY.minusDays(100));
  }

  @Test
  void everyItemOfACheckupIsReadAsItIsWritten() {
    CheckupItems items = new CheckupItems(CheckupCatalogue.standard());
    List<CheckupItem> read =
        items.read("9A110160800000049=a\\;b\\|c\\=d\\\\e;3F077000002327101=141|mg/dL||119");

    assertThat(read.getFirst().value()).isEqualTo("a;b|c=d\\e");
    assertThat(read.getLast().outOfRange()).isTrue();
    assertThat(items.read(CheckupItems.write(read))).isEqualTo(read);
  }

  private static MedicationRecord drug(MedicationSource source, String facility, LocalDate date) {
    return new MedicationRecord(
        source,
        YearMonth.from(date),
        date,
        new InstitutionCode(facility),
        "かざし薬局",
        new DrugCode("610406079"),
        "ガスター錠20mg",
        null,
        BigDecimal.ONE,
        "錠",
        null,
        14,
        null);
  }

  private static LocalDate[] daysAgo(int... days) {
    return Arrays.stream(days).mapToObj(TODAY::minusDays).toArray(LocalDate[]::new);
  }

  private static List<LocalDate> shown(
      RetentionPolicy policy, LocalDate today, LocalDate... dates) {
    return policy.shown(List.of(dates), date -> date, today);
  }
}
