package jp.kazashi.qualification.intake;

import java.time.Instant;
import java.time.YearMonth;
import jp.kazashi.qualification.institution.InstitutionCode;
import jp.kazashi.qualification.medical.CareRecord;
import jp.kazashi.qualification.medical.CheckupRecord;
import jp.kazashi.qualification.medical.MedicalCategory;
import jp.kazashi.qualification.medical.MedicationRecord;
import jp.kazashi.qualification.medical.MedicationSource;
import jp.kazashi.qualification.medical.SurgeryRecord;
import org.jspecify.annotations.Nullable;

/** What a line of claims or checkups says, read but not yet anybody's. */
public sealed interface RecordDraft {
  PersonKey person();

  record Medication(PersonKey person, MedicationRecord record) implements RecordDraft {}

  record Care(PersonKey person, CareRecord record) implements RecordDraft {}

  record Surgery(PersonKey person, SurgeryRecord record) implements RecordDraft {}

  record Checkup(PersonKey person, CheckupRecord record) implements RecordDraft {}

  /**
   * Takes back what was taken in before.
   *
   * @param source null for every source
   */
  record Withdrawal(
      PersonKey person,
      MedicalCategory category,
      YearMonth month,
      InstitutionCode facility,
      @Nullable MedicationSource source,
      @Nullable Instant statedAt)
      implements RecordDraft {}
}
