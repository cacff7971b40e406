package jp.kazashi.gateway.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import jp.kazashi.qualification.coverage.ValidPeriod;
import jp.kazashi.qualification.institution.Institution;
import jp.kazashi.qualification.institution.InstitutionCode;
import jp.kazashi.qualification.institution.InstitutionKind;
import jp.kazashi.qualification.institution.Prefecture;
import jp.kazashi.qualification.institution.UsageDay;
import jp.kazashi.qualification.institution.UsageKind;
import org.junit.jupiter.api.Test;

/** The tables of the ministry's slides, fed with their own counts (AC-19, AC-20). */
class UsageReportTest {
  private static final YearMonth MARCH = YearMonth.of(2025, 3);

  @Test
  void theCountsOfTheDocumentsGiveTheirTotalsAndRates() {
    UsageReport report = UsageReport.of(MARCH, documented(), institutions());

    assertThat(report.rows().stream().map(UsageReport.Row::kind))
        .containsExactly(
            InstitutionKind.HOSPITAL,
            InstitutionKind.CLINIC,
            InstitutionKind.DENTAL,
            InstitutionKind.PHARMACY);
    assertThat(report.rows().stream().map(UsageReport.Row::checks))
        .containsExactly(17_091_517L, 102_463_640L, 19_706_946L, 104_480_125L);
    assertThat(report.rows().stream().map(row -> row.cardRate().orElseThrow().toPlainString()))
        .containsExactly("46.33", "25.44", "40.37", "23.45");
    UsageReport.Row total = report.total();
    assertThat(total.checks()).isEqualTo(243_742_228L);
    assertThat(total.cards()).isEqualTo(66_434_685L);
    assertThat(total.keys()).isEqualTo(177_307_543L);
    assertThat(total.cardRate()).contains(new BigDecimal("27.26"));
    assertThat(total.checkups()).isEqualTo(19_295_865L);
    assertThat(total.medications()).isEqualTo(18_028_740L);
    assertThat(total.care()).isEqualTo(38_430_606L);
  }

  @Test
  void theSameAsCsv() {
    assertThat(UsageReport.of(MARCH, documented(), institutions()).csv())
        .isEqualTo(
            """
            kind,name,checks,cards,keys,cardRate,checkups,medications,care
            HOSPITAL,病院,17091517,7918261,9173256,46.33,2299818,1169286,3749690
            CLINIC,医科診療所,102463640,26065571,76398069,25.44,7496266,8633850,19880780
            DENTAL,歯科診療所,19706946,7955212,11751734,40.37,2049061,1677549,2026826
            PHARMACY,薬局,104480125,24495641,79984484,23.45,7450720,6548055,12773310
            TOTAL,総計,243742228,66434685,177307543,27.26,19295865,18028740,38430606
            """
                .replace("\n", "\r\n"));
  }

  @Test
  void ofNothingThereIsNoRate() {
    assertThat(UsageReport.of(MARCH, List.of(), List.of()).total().cardRate()).isEmpty();
  }

  @Test
  void whoUsedTheirCardOfAllOfHoldersAndOfRegistered() {
    Uptake uptake =
        Uptake.of(
            new BigDecimal("2840"),
            new BigDecimal("6760"),
            new BigDecimal("78.3"),
            new BigDecimal("84.9"));

    assertThat(uptake.ofPatients()).isEqualTo(new BigDecimal("42.0"));
    assertThat(uptake.ofHolders()).isEqualTo(new BigDecimal("53.7"));
    assertThat(uptake.ofRegistered()).isEqualTo(new BigDecimal("63.2"));
    assertThatThrownBy(
            () -> Uptake.of(BigDecimal.ONE, BigDecimal.ZERO, BigDecimal.TEN, BigDecimal.TEN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Spread over two days, as a month is. */
  static List<UsageDay> documented() {
    List<UsageDay> days = new ArrayList<>();
    add(days, "1312345670", 7_918_261, 9_173_256, 2_299_818, 1_169_286, 3_749_690);
    add(days, "1312345671", 26_065_571, 76_398_069, 7_496_266, 8_633_850, 19_880_780);
    add(days, "1332345670", 7_955_212, 11_751_734, 2_049_061, 1_677_549, 2_026_826);
    add(days, "1342345670", 24_495_641, 79_984_484, 7_450_720, 6_548_055, 12_773_310);
    return days;
  }

  private static void add(
      List<UsageDay> days,
      String code,
      long cards,
      long keys,
      long checkups,
      long medications,
      long care) {
    var institution = new InstitutionCode(code);
    split(days, institution, UsageKind.CARD_CHECK, cards);
    split(days, institution, UsageKind.KEY_CHECK, keys);
    split(days, institution, UsageKind.CHECKUP_READ, checkups);
    split(days, institution, UsageKind.MEDICATION_READ, medications);
    split(days, institution, UsageKind.CARE_READ, care);
  }

  private static void split(
      List<UsageDay> days, InstitutionCode institution, UsageKind kind, long count) {
    LocalDate first = LocalDate.of(2025, 3, 1);
    days.add(new UsageDay(institution, first, kind, count / 3));
    days.add(new UsageDay(institution, first.plusDays(30), kind, count - count / 3));
  }

  static List<Institution> institutions() {
    return List.of(
        institution("1312345670", InstitutionKind.HOSPITAL),
        institution("1312345671", InstitutionKind.CLINIC));
  }

  private static Institution institution(String code, InstitutionKind kind) {
    return new Institution(
        new InstitutionCode(code),
        "試験",
        kind,
        new Prefecture("13"),
        new ValidPeriod(LocalDate.of(2020, 1, 1), null),
        Set.of(),
        false,
        false);
  }
}
