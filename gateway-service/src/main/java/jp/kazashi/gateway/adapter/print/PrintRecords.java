package jp.kazashi.gateway.adapter.print;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import jp.kazashi.gateway.adapter.print.PrintedTable.Column;
import jp.kazashi.gateway.check.MedicalRecords;
import jp.kazashi.qualification.audit.AuditReceipt;
import jp.kazashi.qualification.institution.Institution;
import jp.kazashi.qualification.institution.InstitutionCode;
import jp.kazashi.qualification.medical.CareCategory;
import jp.kazashi.qualification.medical.CareRecord;
import jp.kazashi.qualification.medical.CheckupItem;
import jp.kazashi.qualification.medical.CheckupKind;
import jp.kazashi.qualification.medical.CheckupRecord;
import jp.kazashi.qualification.medical.Facility;
import jp.kazashi.qualification.medical.MedicationHistory;
import jp.kazashi.qualification.medical.MedicationRecord;
import jp.kazashi.qualification.medical.Practice;
import jp.kazashi.qualification.medical.SurgeryRecord;
import jp.kazashi.qualification.store.KeepInstitutions;
import org.jspecify.annotations.Nullable;

/** Records on paper, for whoever may read them. */
public final class PrintRecords {
  private static final DateTimeFormatter WHEN =
      DateTimeFormatter.ofPattern("uuuu年M月d日 H時mm分", Locale.JAPANESE)
          .withZone(ZoneId.of("Asia/Tokyo"));

  private final KeepInstitutions institutions;
  private final TablePrinter printer;
  private final InstantSource clock;

  public PrintRecords(KeepInstitutions institutions, TablePrinter printer, InstantSource clock) {
    this.institutions = institutions;
    this.printer = printer;
    this.clock = clock;
  }

  /**
   * A PDF, made on a worker.
   *
   * @param patient as the qualification of the check names them
   */
  public Uni<byte[]> print(
      InstitutionCode by,
      UUID check,
      String patient,
      MedicalRecords records,
      AuditReceipt receipt) {
    Instant at = clock.instant();
    return institutions
        .byCode(by)
        .map(found -> found.map(Institution::name).orElse("") + "(" + by.digits() + ")")
        .emitOn(Infrastructure.getDefaultWorkerPool())
        .map(facility ->
            printer.print(table(records, header(facility, check, patient, receipt, at)), at));
  }

  private static List<String> header(
      String facility, UUID check, String patient, AuditReceipt receipt, Instant at) {
    return List.of(
        "氏名　" + patient,
        "医療機関　" + facility + "　　印刷日時　" + WHEN.format(at),
        "確認番号　" + check + "　　記録番号　" + receipt.chain() + " - " + receipt.number());
  }

  private static PrintedTable table(MedicalRecords records, List<String> header) {
    return switch (records) {
      case MedicalRecords.Medications(var told) ->
          new PrintedTable(
              "お薬の情報",
              header,
              List.of(
                  new Column("調剤日", 0.09),
                  new Column("薬局・医療機関", 0.2),
                  new Column("薬品(成分)", 0.28),
                  new Column("用法", 0.15),
                  new Column("数量", 0.07),
                  new Column("日数", 0.05),
                  new Column("処方元", 0.16)),
              told.stream().map(PrintRecords::medication).toList());
      case MedicalRecords.Checkups(var checkups) ->
          new PrintedTable(
              "健診の情報",
              header,
              List.of(
                  new Column("実施日", 0.09),
                  new Column("健診・実施機関", 0.25),
                  new Column("項目", 0.28),
                  new Column("結果", 0.18),
                  new Column("基準", 0.12),
                  new Column("判定", 0.08)),
              checkups.stream().flatMap(each -> checkup(each).stream()).toList());
      case MedicalRecords.Care(var care) ->
          new PrintedTable(
              "診療の情報",
              header,
              practiceColumns("区分"),
              care.stream().map(PrintRecords::care).toList());
      case MedicalRecords.Surgeries(var surgeries) ->
          new PrintedTable(
              "手術の情報",
              header,
              practiceColumns("部位・区分"),
              surgeries.stream().map(PrintRecords::surgery).toList());
    };
  }

  private static List<Column> practiceColumns(String kind) {
    return List.of(
        new Column("実施日", 0.09),
        new Column("医療機関", 0.24),
        new Column(kind, 0.14),
        new Column("入外", 0.06),
        new Column("診療行為", 0.32),
        new Column("数量", 0.08),
        new Column("回数", 0.07));
  }

  private static List<String> medication(MedicationHistory.Told told) {
    MedicationRecord record = told.record();
    Facility prescriber = record.prescriber();
    String ingredient = record.ingredient();
    return List.of(
        record.date().toString(),
        record.facilityName(),
        record.name()
            + (ingredient == null ? "" : "(" + ingredient + ")")
            + (told.revised() ? "　※同日に別の記録あり" : ""),
        orNothing(record.usage()),
        number(record.quantity()) + record.unit(),
        Integer.toString(record.days()),
        prescriber == null ? "" : prescriber.name());
  }

  private static List<List<String>> checkup(CheckupRecord record) {
    return record.items().stream().map(item -> result(record, item)).toList();
  }

  private static List<String> result(CheckupRecord record, CheckupItem item) {
    return List.of(
        record.date().toString(),
        kind(record.kind()) + "　" + record.facility().name(),
        item.name(),
        item.value() + " " + orNothing(item.unit()),
        range(item.low(), item.high()),
        item.outOfRange() ? "基準外" : "");
  }

  private static List<String> care(CareRecord record) {
    Practice practice = record.practice();
    return row(
        record.date().toString(),
        record.facility(),
        kind(record.category()),
        record.inpatient(),
        practice);
  }

  private static List<String> surgery(SurgeryRecord record) {
    return row(
        record.date().toString(),
        record.facility(),
        orNothing(record.practice().division()),
        record.inpatient(),
        record.practice());
  }

  private static List<String> row(
      String date, Facility facility, String kind, boolean inpatient, @Nullable Practice practice) {
    return List.of(
        date,
        facility.name(),
        kind,
        inpatient ? "入院" : "外来",
        practice == null ? "" : practice.name(),
        practice == null ? "" : number(practice.quantity()) + orNothing(practice.unit()),
        practice == null ? "" : Integer.toString(practice.times()));
  }

  private static String range(@Nullable BigDecimal low, @Nullable BigDecimal high) {
    return low == null && high == null ? "" : number(low) + "〜" + number(high);
  }

  private static String number(@Nullable BigDecimal number) {
    return number == null ? "" : number.stripTrailingZeros().toPlainString();
  }

  private static String orNothing(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static String kind(CareCategory category) {
    return switch (category) {
      case VISIT -> "受診";
      case RADIOTHERAPY -> "放射線治療";
      case IMAGING -> "画像診断";
      case PATHOLOGY -> "病理診断";
      case MANAGEMENT -> "医学管理等";
      case HOME_CARE -> "在宅医療";
      case DIALYSIS -> "人工腎臓";
    };
  }

  private static String kind(CheckupKind kind) {
    return switch (kind) {
      case SPECIFIC -> "特定健診";
      case OTHER_THAN_SPECIFIC -> "特定健診以外";
      case EMPLOYER -> "事業者健診";
      case MUNICIPALITY -> "自治体検診";
      case WELFARE -> "被保護者健診";
      case CODE_70, CODE_80, CODE_99 -> "健診(種別" + kind.code() + ")";
    };
  }
}
