package jp.kazashi.gateway.adapter.rest;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import jp.kazashi.gateway.check.MedicalRecords;
import jp.kazashi.qualification.audit.AuditReceipt;
import jp.kazashi.qualification.medical.CheckupItem;
import jp.kazashi.qualification.medical.CheckupKind;
import jp.kazashi.qualification.medical.CheckupRecord;
import jp.kazashi.qualification.medical.ValueType;
import org.jspecify.annotations.Nullable;

/** The checkups of a person, oldest first. */
public record CheckupsDocument(
    UUID checkId, String category, List<Checkup> records, ReceiptDocument receipt) {

  /** One checkup with its results. */
  public record Checkup(
      LocalDate date,
      CheckupKind kind,
      @Nullable String programme,
      String facilityCode,
      String facilityName,
      List<Result> results) {

    static Checkup of(CheckupRecord record) {
      return new Checkup(
          record.date(),
          record.kind(),
          record.programme(),
          record.facility().code().digits(),
          record.facility().name(),
          record.items().stream().map(Result::of).toList());
    }
  }

  /**
   * One result.
   *
   * @param outOfRange outside its reference range; what is no number or has no range never is
   */
  public record Result(
      String code,
      String name,
      ValueType type,
      String value,
      @Nullable String unit,
      @Nullable BigDecimal low,
      @Nullable BigDecimal high,
      boolean outOfRange) {

    static Result of(CheckupItem item) {
      return new Result(
          item.code().code(),
          item.name(),
          item.type(),
          item.value(),
          item.unit(),
          item.low(),
          item.high(),
          item.outOfRange());
    }
  }

  static CheckupsDocument of(UUID check, MedicalRecords.Checkups records, AuditReceipt receipt) {
    return new CheckupsDocument(check, "checkup", told(records), ReceiptDocument.of(receipt));
  }

  static List<Checkup> told(MedicalRecords.Checkups records) {
    return records.records().stream().map(Checkup::of).toList();
  }
}
