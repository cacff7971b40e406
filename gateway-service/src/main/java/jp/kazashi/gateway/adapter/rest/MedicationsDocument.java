package jp.kazashi.gateway.adapter.rest;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import jp.kazashi.qualification.audit.AuditReceipt;
import jp.kazashi.qualification.medical.MedicationRecord;
import jp.kazashi.qualification.medical.MedicationSource;
import org.jspecify.annotations.Nullable;

/** The drugs of a person, oldest first. */
public record MedicationsDocument(
    UUID checkId, String category, List<Medication> records, ReceiptDocument receipt) {

  /** One drug on one day. */
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
      int days) {

    static Medication of(MedicationRecord record) {
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
          record.days());
    }
  }

  static MedicationsDocument of(UUID check, List<MedicationRecord> records, AuditReceipt receipt) {
    return new MedicationsDocument(
        check,
        "medication",
        records.stream().map(Medication::of).toList(),
        ReceiptDocument.of(receipt));
  }
}
