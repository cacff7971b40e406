package jp.kazashi.gateway.port;

import java.util.List;
import jp.kazashi.qualification.audit.Digest;
import jp.kazashi.qualification.medical.MedicationRecord;

/** A digest of exactly what will be shown. */
public interface DigestRecords {
  Digest of(List<MedicationRecord> records);
}
