package jp.kazashi.gateway.adapter.rest;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import jp.kazashi.gateway.check.MedicalRecords;
import jp.kazashi.qualification.audit.AuditReceipt;
import jp.kazashi.qualification.medical.SurgeryRecord;

/** The operations of a person, oldest first. */
public record SurgeriesDocument(
    UUID checkId, String category, List<Surgery> records, ReceiptDocument receipt) {

  /** One operation. */
  public record Surgery(
      LocalDate date,
      String facilityCode,
      String facilityName,
      boolean inpatient,
      CareDocument.Done practice) {

    static Surgery of(SurgeryRecord record) {
      return new Surgery(
          record.date(),
          record.facility().code().digits(),
          record.facility().name(),
          record.inpatient(),
          CareDocument.Done.of(record.practice()));
    }
  }

  static SurgeriesDocument of(UUID check, MedicalRecords.Surgeries records, AuditReceipt receipt) {
    return new SurgeriesDocument(check, "surgery", told(records), ReceiptDocument.of(receipt));
  }

  static List<Surgery> told(MedicalRecords.Surgeries records) {
    return records.records().stream().map(Surgery::of).toList();
  }
}
