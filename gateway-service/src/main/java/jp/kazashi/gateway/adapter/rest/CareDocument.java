package jp.kazashi.gateway.adapter.rest;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import jp.kazashi.gateway.check.MedicalRecords;
import jp.kazashi.qualification.audit.AuditReceipt;
import jp.kazashi.qualification.medical.CareCategory;
import jp.kazashi.qualification.medical.CareRecord;
import jp.kazashi.qualification.medical.Practice;
import org.jspecify.annotations.Nullable;

/** What was done for a person, oldest first; operations are not in it. */
public record CareDocument(
    UUID checkId, String category, List<Care> records, ReceiptDocument receipt) {

  /**
   * One thing on one day.
   *
   * @param practice may be missing of a visit
   */
  public record Care(
      LocalDate date,
      CareCategory kind,
      String facilityCode,
      String facilityName,
      boolean inpatient,
      @Nullable Done practice) {

    static Care of(CareRecord record) {
      Practice practice = record.practice();
      return new Care(
          record.date(),
          record.category(),
          record.facility().code().digits(),
          record.facility().name(),
          record.inpatient(),
          practice == null ? null : Done.of(practice));
    }
  }

  /** A practice of a claim. */
  public record Done(
      String code,
      String name,
      @Nullable String division,
      @Nullable BigDecimal quantity,
      @Nullable String unit,
      int times) {

    static Done of(Practice practice) {
      return new Done(
          practice.code().digits(),
          practice.name(),
          practice.division(),
          practice.quantity(),
          practice.unit(),
          practice.times());
    }
  }

  static CareDocument of(UUID check, MedicalRecords.Care records, AuditReceipt receipt) {
    return new CareDocument(check, "care", told(records), ReceiptDocument.of(receipt));
  }

  static List<Care> told(MedicalRecords.Care records) {
    return records.records().stream().map(Care::of).toList();
  }
}
