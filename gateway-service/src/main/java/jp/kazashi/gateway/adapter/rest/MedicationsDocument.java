package jp.kazashi.gateway.adapter.rest;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import jp.kazashi.gateway.check.MedicalRecords;
import jp.kazashi.qualification.audit.AuditReceipt;
import jp.kazashi.qualification.medical.Facility;
import jp.kazashi.qualification.medical.MedicationHistory;
import jp.kazashi.qualification.medical.MedicationRecord;
import jp.kazashi.qualification.medical.MedicationSource;
import org.jspecify.annotations.Nullable;

/** The drugs of a person, oldest first. */
public record MedicationsDocument(
    UUID checkId, String category, List<Medication> records, ReceiptDocument receipt) {

  /**
   * One drug on one day.
   *
   * @param revised a better source speaks of the same facility and day
   */
  public record Medication(
      LocalDate date,
      MedicationSource source,
      String facilityCode,
      String facilityName,
      String code,
      String name,
      @Nullable String ingredient,
      BigDecimal quantity,
      String unit,
      @Nullable String usage,
      int days,
      @Nullable String prescriberCode,
      @Nullable String prescriberName,
      boolean revised) {

    static Medication of(MedicationHistory.Told told) {
      MedicationRecord record = told.record();
      Facility prescriber = record.prescriber();
      return new Medication(
          record.date(),
          record.source(),
          record.facility().digits(),
          record.facilityName(),
          record.code().digits(),
          record.name(),
          record.ingredient(),
          record.quantity(),
          record.unit(),
          record.usage(),
          record.days(),
          prescriber == null ? null : prescriber.code().digits(),
          prescriber == null ? null : prescriber.name(),
          told.revised());
    }
  }

  static MedicationsDocument of(
      UUID check, MedicalRecords.Medications records, AuditReceipt receipt) {
    return new MedicationsDocument(check, "medication", told(records), ReceiptDocument.of(receipt));
  }

  static List<Medication> told(MedicalRecords.Medications records) {
    return records.told().stream().map(Medication::of).toList();
  }
}
