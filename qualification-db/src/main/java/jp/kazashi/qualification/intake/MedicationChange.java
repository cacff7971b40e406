package jp.kazashi.qualification.intake;

import jp.kazashi.qualification.medical.MedicationRecord;
import jp.kazashi.qualification.person.PersonId;

/** One record to be written. */
public record MedicationChange(PersonId person, MedicationRecord record) {}
