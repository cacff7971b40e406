package jp.kazashi.gateway.port;

import jp.kazashi.gateway.check.MedicalRecords;
import jp.kazashi.qualification.audit.Digest;

/** A digest of exactly what will be shown. */
public interface DigestRecords {
  Digest of(MedicalRecords records);
}
