package jp.kazashi.gateway.check;

import java.util.List;
import jp.kazashi.qualification.medical.CareRecord;
import jp.kazashi.qualification.medical.CheckupRecord;
import jp.kazashi.qualification.medical.MedicationHistory;
import jp.kazashi.qualification.medical.SurgeryRecord;

/** The records of one category, oldest first, as they are told on the day of the read. */
public sealed interface MedicalRecords {

  int count();

  record Medications(List<MedicationHistory.Told> told) implements MedicalRecords {
    public Medications {
      told = List.copyOf(told);
    }

    @Override
    public int count() {
      return told.size();
    }
  }

  record Checkups(List<CheckupRecord> records) implements MedicalRecords {
    public Checkups {
      records = List.copyOf(records);
    }

    @Override
    public int count() {
      return records.size();
    }
  }

  record Care(List<CareRecord> records) implements MedicalRecords {
    public Care {
      records = List.copyOf(records);
    }

    @Override
    public int count() {
      return records.size();
    }
  }

  record Surgeries(List<SurgeryRecord> records) implements MedicalRecords {
    public Surgeries {
      records = List.copyOf(records);
    }

    @Override
    public int count() {
      return records.size();
    }
  }
}
