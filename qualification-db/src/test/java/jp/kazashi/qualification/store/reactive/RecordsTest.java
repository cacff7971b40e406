package jp.kazashi.qualification.store.reactive;

import static jp.kazashi.qualification.intake.FeedText.json;
import static jp.kazashi.qualification.medical.MedicalCategory.CARE;
import static jp.kazashi.qualification.medical.MedicalCategory.CHECKUP;
import static jp.kazashi.qualification.medical.MedicalCategory.MEDICATION;
import static jp.kazashi.qualification.medical.MedicalCategory.SURGERY;
import static jp.kazashi.qualification.store.reactive.Counter.NOON;
import static jp.kazashi.qualification.store.reactive.Counter.answered;
import static jp.kazashi.qualification.store.reactive.Counter.challenge;
import static jp.kazashi.qualification.store.reactive.Counter.checkups;
import static jp.kazashi.qualification.store.reactive.Counter.claims;
import static jp.kazashi.qualification.store.reactive.Counter.consented;
import static jp.kazashi.qualification.store.reactive.Counter.drug;
import static jp.kazashi.qualification.store.reactive.Counter.fiveYearsBefore;
import static jp.kazashi.qualification.store.reactive.Counter.insured;
import static jp.kazashi.qualification.store.reactive.Counter.people;
import static jp.kazashi.qualification.store.reactive.Counter.registered;
import static jp.kazashi.qualification.store.reactive.Counter.sentBy;
import static jp.kazashi.qualification.store.reactive.RealDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.smallrye.mutiny.Uni;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import jp.kazashi.qualification.consent.ConsentGrant;
import jp.kazashi.qualification.coverage.CoverageRule;
import jp.kazashi.qualification.coverage.LimitCategory;
import jp.kazashi.qualification.coverage.LimitCertificate;
import jp.kazashi.qualification.coverage.LimitClass;
import jp.kazashi.qualification.coverage.MedicalTicket;
import jp.kazashi.qualification.coverage.Particulars;
import jp.kazashi.qualification.coverage.ValidPeriod;
import jp.kazashi.qualification.coverage.ValidityCode;
import jp.kazashi.qualification.intake.BatchId;
import jp.kazashi.qualification.intake.FeedText;
import jp.kazashi.qualification.intake.IntakeKind;
import jp.kazashi.qualification.intake.RejectedLine;
import jp.kazashi.qualification.intake.Sender;
import jp.kazashi.qualification.medical.CareCategory;
import jp.kazashi.qualification.medical.CareRecord;
import jp.kazashi.qualification.medical.CheckupItem;
import jp.kazashi.qualification.medical.CheckupKind;
import jp.kazashi.qualification.medical.CheckupRecord;
import jp.kazashi.qualification.medical.MedicalCategory;
import jp.kazashi.qualification.medical.MedicationRecord;
import jp.kazashi.qualification.medical.MedicationSource;
import jp.kazashi.qualification.medical.Practice;
import jp.kazashi.qualification.medical.PracticeCode;
import jp.kazashi.qualification.store.Delivery;
import jp.kazashi.qualification.store.HolderCoverage;
import jp.kazashi.qualification.store.IntakeReport;
import jp.kazashi.qualification.store.Station.CheckStation;
import jp.kazashi.qualification.store.reactive.RealDatabase.Running;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RealDatabase.class)
class RecordsTest {
  private static final YearMonth FIRST = YearMonth.of(2021, 11);
  private static final YearMonth LAST = YearMonth.of(2026, 11);
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 20);

  private final Running database;
  private final RecordsInDatabase records;

  RecordsTest(Running database) {
    this.database = database;
    this.records = new RecordsInDatabase(database.sessions());
  }

  @Test
  void careIsReadWithItsCategoriesAndNeverAnOperation() {
    insure("P-care");
    database.take(
        claims("care"),
        json("care", "line", "1", "personCode", "P-care"),
        json(
            "care",
            "line",
            "2",
            "personCode",
            "P-care",
            "category",
            "VISIT",
            "code",
            null,
            "name",
            null,
            "date",
            "2026-09-01"),
        json(
            "care",
            "line",
            "3",
            "personCode",
            "P-care",
            "category",
            "DIALYSIS",
            "code",
            "140036710",
            "quantity",
            "4.5",
            "unit",
            "時間",
            "date",
            "2026-09-30",
            "inpatient",
            true),
        json("surgery", "line", "4", "personCode", "P-care"));

    List<CareRecord> read =
        await(records.care(granted("P-care", CARE), FIRST, LAST, fiveYearsBefore(NOON), TODAY));

    assertThat(read)
        .extracting(CareRecord::category)
        .containsExactly(CareCategory.VISIT, CareCategory.MANAGEMENT, CareCategory.DIALYSIS);
    assertThat(read.getFirst().practice()).isNull();
    assertThat(read.getLast().inpatient()).isTrue();
    assertThat(read.getLast().practice())
        .isEqualTo(
            new Practice(
                new PracticeCode("140036710"), "特定疾患療養管理料", "13", new BigDecimal("4.5"), "時間", 1));
    assertThat(
            await(
                records.surgeries(
                    granted("P-care", SURGERY), FIRST, LAST, fiveYearsBefore(NOON), TODAY)))
        .extracting(each -> each.practice().name())
        .containsExactly("虫垂切除術");
  }

  @Test
  void eachReadNeedsAGrantOfItsOwnCategory() {
    insure("P-grants");
    ConsentGrant medication = granted("P-grants", MEDICATION);

    assertThatThrownBy(
            () -> records.surgeries(medication, FIRST, LAST, fiveYearsBefore(NOON), TODAY))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> records.care(medication, FIRST, LAST, fiveYearsBefore(NOON), TODAY))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> records.checkups(medication, FIRST, LAST, fiveYearsBefore(NOON)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void careOfAMonthIsNotReadBeforeTheEleventhOfTheNext() {
    insure("P-gate");
    database.take(
        claims("gate"),
        json(
            "care", "line", "1", "personCode", "P-gate", "month", "2026-10", "date", "2026-10-05"));
    ConsentGrant grant = granted("P-gate", CARE);

    assertThat(
            await(
                records.care(
                    grant, FIRST, LAST, fiveYearsBefore(NOON), LocalDate.of(2026, 11, 10))))
        .isEmpty();
    assertThat(
            await(
                records.care(
                    grant, FIRST, LAST, fiveYearsBefore(NOON), LocalDate.of(2026, 11, 11))))
        .hasSize(1);
  }

  @Test
  void aCheckupIsReadWithNamesUnitsAndRanges() {
    insure("P-checkup");
    database.take(
        checkups("checkup"),
        json("checkup", "line", "1", "personCode", "P-checkup"),
        json("checkup", "line", "2", "personCode", "P-checkup", "date", "2021-11-19"));

    List<CheckupRecord> read =
        await(records.checkups(granted("P-checkup", CHECKUP), FIRST, LAST, fiveYearsBefore(NOON)));

    assertThat(read).hasSize(1);
    assertThat(read.getFirst().kind()).isEqualTo(CheckupKind.SPECIFIC);
    assertThat(read.getFirst().items())
        .extracting(CheckupItem::name, CheckupItem::value, CheckupItem::unit)
        .containsExactly(
            tuple("身長", "158.2", "cm"), tuple("HDLコレステロール", "58", "mg/dL"), tuple("喫煙", "3", null));
  }

  @Test
  void whatIsWithdrawnIsToldNoMoreAndWhatComesAfterwardsIs() {
    insure("P-withdrawn");
    database.take(
        claims("before"),
        drug("1", "P-withdrawn", "2026-08", "2026-08-03"),
        drug("2", "P-withdrawn", "2026-09", "2026-09-03"),
        json("medication", "line", "3", "personCode", "P-withdrawn", "source", "DISPENSING"));

    database.take(
        claims("after"),
        json(
            "withdrawal",
            "line",
            "1",
            "personCode",
            "P-withdrawn",
            "source",
            "RECEIPT",
            "statedAt",
            "2026-10-20T00:00:00Z"),
        json("medication", "line", "2", "personCode", "P-withdrawn", "name", "訂正錠"));

    assertThat(medications("P-withdrawn"))
        .extracting(MedicationRecord::month, MedicationRecord::source, MedicationRecord::name)
        .containsExactly(
            tuple(YearMonth.of(2026, 8), MedicationSource.RECEIPT, "ガスター錠20mg"),
            tuple(YearMonth.of(2026, 9), MedicationSource.DISPENSING, "ガスター錠20mg"),
            tuple(YearMonth.of(2026, 9), MedicationSource.RECEIPT, "訂正錠"));

    IntakeReport late =
        database.take(
            claims("late"),
            json(
                "withdrawal",
                "line",
                "1",
                "personCode",
                "P-withdrawn",
                "source",
                "RECEIPT",
                "statedAt",
                "2026-10-19T00:00:00Z"));
    assertThat(late.rejected())
        .containsExactly(
            new RejectedLine("1", "statedAt", "Was stated before what is already known"));
    assertThat(medications("P-withdrawn")).hasSize(3);
  }

  @Test
  void medicalAidIsRegisteredWithTheTicketOfItsMonth() {
    Sender office = new Sender.Payer(FeedText.WELFARE);
    Object[] aid = {
      "line",
      "1",
      "personCode",
      "P-aid",
      "kind",
      "MEDICAL_AID",
      "insurerNumber",
      FeedText.WELFARE.digits(),
      "number",
      FeedText.RECIPIENT.digits(),
      "symbol",
      null,
      "branchNumber",
      null,
      "validTo",
      null,
      "lossReason",
      null
    };
    database.take(
        sentBy(office, people("aid")),
        json("qualification", aid),
        registered("2", "P-aid", "P-aid"),
        json("ticket", "line", "3", "personCode", "P-aid"),
        json(
            "ticket",
            "line",
            "4",
            "personCode",
            "P-aid",
            "month",
            "2026-10",
            "validFrom",
            "2026-10-01",
            "validTo",
            "2026-10-31"));
    database.take(
        sentBy(office, people("aid-2", NOON.plusSeconds(60))),
        json("ticket", "line", "1", "personCode", "P-aid", "selfPay", 500));

    HolderCoverage.Linked linked = linked("P-aid");

    assertThat(CoverageRule.on(linked.history(), TODAY).validity()).isEqualTo(ValidityCode.VALID);
    assertThat(CoverageRule.on(linked.history(), LocalDate.of(2026, 9, 30)).validity())
        .isEqualTo(ValidityCode.VALID_UNREGISTERED);
    assertThat(linked.history().qualifications().getFirst().ticketsOn(TODAY))
        .extracting(MedicalTicket::selfPay)
        .containsExactly(500);
  }

  @Test
  void disclosureFlagsHoldWhileAnyPayerSaysSo() {
    database.take(
        people("flags"),
        json(
            "qualification",
            "line",
            "1",
            "personCode",
            "P-flags",
            "number",
            "f1",
            "validTo",
            "2026-09-30",
            "undisclosed",
            true),
        json(
            "qualification",
            "line",
            "2",
            "personCode",
            "P-flags",
            "number",
            "f2",
            "validFrom",
            "2026-10-01",
            "validTo",
            null,
            "lossReason",
            null,
            "provisionBarred",
            true),
        registered("3", "P-flags", "P-flags"));
    assertThat(linked("P-flags").person().undisclosed()).isTrue();
    assertThat(linked("P-flags").person().provisionBarred()).isTrue();

    database.take(
        people("flags-2", NOON.plusSeconds(60)),
        json(
            "qualification",
            "line",
            "1",
            "personCode",
            "P-flags",
            "number",
            "f1",
            "validTo",
            "2026-09-30"));

    assertThat(linked("P-flags").person().undisclosed()).isFalse();
    assertThat(linked("P-flags").person().provisionBarred()).isTrue();
  }

  @Test
  void everythingAnInsurerCertifiesComesBackAsItWasTold() {
    database.take(
        people("certified"),
        json(
            "qualification",
            "personCode",
            "P-certified",
            "number",
            "c1",
            "householder",
            "山田 太郎",
            "otherName",
            "山田 はな",
            "preschool",
            true,
            "cardValidFrom",
            "2026-04-02",
            "limitClass",
            "02",
            "limitCategory",
            "B05",
            "limitValidFrom",
            "2026-08-01",
            "limitValidTo",
            "2027-07-31",
            "elderlyRatio",
            "20",
            "elderlyValidFrom",
            "2026-04-01",
            "specificDiseases",
            "1:2026-04-01:2026-04-01:2031-03-31:10000",
            "statedAt",
            "2026-04-01T00:00:00Z"),
        registered("2", "P-certified", "P-certified"));

    Particulars told = linked("P-certified").history().qualifications().getFirst().particulars();

    assertThat(told.certificates().limit())
        .isEqualTo(
            new LimitCertificate(
                LimitClass.LIMIT_AND_REDUCTION,
                LimitCategory.B05,
                null,
                new ValidPeriod(LocalDate.of(2026, 8, 1), LocalDate.of(2027, 7, 31)),
                null));
    assertThat(told.certificates().elderly()).isNotNull();
    assertThat(told.certificates().specificDiseases()).hasSize(1);
    assertThat(told.householder()).isEqualTo("山田 太郎");
    assertThat(told.preschool()).isTrue();
    assertThat(told.cardValid()).isEqualTo(new ValidPeriod(LocalDate.of(2026, 4, 2), null));
  }

  @Test
  void fiveYearsOfMedicationsAreOneProbeOfEachPartitionThatIsLive() throws SQLException {
    insure("P-plan");
    for (int year = 2020; year <= 2026; year++) {
      database.take(claims("plan-" + year), drug("1", "P-plan", year + "-09", year + "-09-03"));
    }
    List<String> plan = new ArrayList<>();
    try (Connection connection = database.asApplication();
        Statement statement = connection.createStatement()) {
      statement.execute("set enable_seqscan = off");
      statement.execute("set enable_bitmapscan = off");
      try (ResultSet result =
          statement.executeQuery(
              """
              explain (analyze, costs off, timing off, summary off)
              select r.day from medication r
              where r.person_id = (select id from person where code = 'P-plan')
                and r.month between '2021-11-01' and '2026-11-01'
              """)) {
        while (result.next()) {
          plan.add(result.getString(1));
        }
      }
    }

    List<String> probes = plan.stream().filter(line -> line.contains(" on medication_")).toList();
    assertThat(probes).isNotEmpty().allMatch(line -> line.contains("Index"));
    assertThat(probes).noneMatch(line -> line.contains("medication_2020"));
    assertThat(probes).doesNotHaveDuplicates();
  }

  @Test
  void expiredPartitionsAreDroppedAndNoOthers() throws SQLException {
    insure("P-expired");
    database.take(
        sentBy(new Sender.Payer(Counter.INSURER), claimsAt("expired", "2024-01-20T03:00:00Z")),
        drug("1", "P-expired", "2018-06", "2018-06-03"),
        drug("2", "P-expired", "2018-07", "2018-07-03"));
    RetentionInDatabase retention = new RetentionInDatabase(database.sessions());

    List<String> announced = new ArrayList<>();
    List<String> tooEarly = await(drop(retention, LocalDate.of(2023, 6, 30), announced));
    announced.clear();
    List<String> dropped = await(drop(retention, LocalDate.of(2023, 7, 1), announced));

    assertThat(announced).containsExactlyInAnyOrderElementsOf(dropped);
    assertThat(await(drop(retention, LocalDate.of(2023, 7, 1), announced))).isEmpty();
    assertThat(tooEarly).doesNotContain("medication_201804");
    assertThat(dropped).contains("medication_201804").doesNotContain("medication_201807");
    try (Connection connection = database.asApplication();
        ResultSet result =
            connection
                .createStatement()
                .executeQuery(
                    "select count(*) from medication m join person p on p.id = m.person_id"
                        + " where p.code = 'P-expired'")) {
      result.next();
      assertThat(result.getInt(1)).isEqualTo(1);
    }
    // What was dropped can be made again.
    database.take(
        claimsAt("expired-2", "2024-01-20T03:00:00Z"),
        drug("1", "P-expired", "2018-06", "2018-06-03"));
  }

  /** By piece and whole, on the very node that wrote there before. */
  @Test
  void aLateLineFindsItsPartitionMadeAnewOnANodeThatStillBelievesInTheOldOne() throws Exception {
    insure("P-late");
    IntakeInDatabase intake = database.intake();
    RetentionInDatabase retention = new RetentionInDatabase(database.sessions());
    String at = "2021-01-20T03:00:00Z";
    for (boolean whole : new boolean[] {false, true}) {
      IntakeReport first =
          take(
              intake,
              whole,
              claimsAt("late-1-" + whole, at),
              drug("1", "P-late", "2016-05", "2016-05-03"));
      assertThat(first.accepted()).as(first.toString()).isEqualTo(1);
      assertThat(await(drop(retention, LocalDate.of(2021, 7, 1), new ArrayList<>())))
          .contains("medication_201604");

      IntakeReport late =
          take(
              intake,
              whole,
              claimsAt("late-2-" + whole, at),
              drug("1", "P-late", "2016-05", "2016-05-03"));

      assertThat(late.accepted()).isEqualTo(1);
      assertThat(late.duplicates()).isZero();
      await(drop(retention, LocalDate.of(2021, 7, 1), new ArrayList<>()));
    }
  }

  @Test
  void oneNodeAtATimeDropsAndNothingGoesThatWasNotAnnounced() {
    insure("P-alone");
    database.take(
        claimsAt("alone", "2020-01-20T03:00:00Z"), drug("1", "P-alone", "2015-03", "2015-03-03"));
    RetentionInDatabase first = new RetentionInDatabase(database.sessions());
    RetentionInDatabase second = new RetentionInDatabase(database.sessions());
    LocalDate today = LocalDate.of(2020, 7, 1);

    List<String> meanwhile = new ArrayList<>(List.of("not asked"));
    assertThatThrownBy(() ->
            await(
                first.on(
                    today,
                    due ->
                        drop(second, today, new ArrayList<>())
                            .invoke(dropped -> {
                              meanwhile.clear();
                              meanwhile.addAll(dropped);
                            })
                            .chain(() ->
                                Uni.createFrom().failure(new IllegalStateException("no audit"))))))
        .hasStackTraceContaining("no audit");

    assertThat(meanwhile).isEmpty();
    assertThat(await(drop(second, today, new ArrayList<>()))).contains("medication_201501");
  }

  private static Uni<List<String>> drop(
      RetentionInDatabase retention, LocalDate today, List<String> announced) {
    return retention.on(
        today,
        due -> {
          announced.addAll(due);
          return Uni.createFrom().voidItem();
        });
  }

  private static IntakeReport take(
      IntakeInDatabase intake, boolean whole, Delivery each, String line) throws IOException {
    Delivery delivery =
        new Delivery(
            each.batch(),
            each.intake(),
            each.sender(),
            each.receivedAt(),
            whole,
            each.form(),
            each.encoding());
    return intake.take(
        delivery, new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8)), progress -> {});
  }

  private static Delivery claimsAt(String batch, String at) {
    return Delivery.ndjson(
        new BatchId(batch),
        IntakeKind.CLAIMS,
        new Sender.Payer(Counter.INSURER),
        Instant.parse(at));
  }

  private List<MedicationRecord> medications(String code) {
    return await(records.of(granted(code, MEDICATION), FIRST, LAST, fiveYearsBefore(NOON)));
  }

  private void insure(String code) {
    database.take(
        people("insure-" + code),
        insured("1", code, "2016-04-01", null),
        registered("2", code, code));
  }

  private HolderCoverage.Linked linked(String code) {
    return (HolderCoverage.Linked)
        await(new CoverageInDatabase(database.sessions()).byHolder(Counter.link(code)));
  }

  private ConsentGrant granted(String code, MedicalCategory category) {
    CheckStation check = answered(challenge(), linked(code).person().id());
    GroupCommitter committer =
        database.committer(
            await(new EpochsInDatabase(database.sessions()).of(Counter.freshNode(), NOON)));
    await(committer.commit(check));
    await(committer.commit(consented(check, NOON.plusSeconds(5), category)));
    return await(new ChecksInDatabase(database.sessions()).byId(check.check().id(), Counter.CLINIC))
        .orElseThrow()
        .ledger()
        .live(check.check().id(), category, NOON.plusSeconds(6))
        .orElseThrow();
  }
}
