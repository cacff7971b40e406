package jp.kazashi.gateway.adapter.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.List;
import jp.kazashi.gateway.check.MedicalRecords;
import jp.kazashi.gateway.port.DigestRecords;
import jp.kazashi.qualification.audit.Digest;

/** Digests records in the form in which they are shown. */
public final class RecordDigests implements DigestRecords {
  private final ObjectMapper json;

  public RecordDigests(ObjectMapper json) {
    this.json = json;
  }

  @Override
  public Digest of(MedicalRecords records) {
    try {
      return Digest.of(json.writeValueAsBytes(told(records)));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<?> told(MedicalRecords records) {
    return switch (records) {
      case MedicalRecords.Medications drugs -> MedicationsDocument.told(drugs);
      case MedicalRecords.Checkups checkups -> CheckupsDocument.told(checkups);
      case MedicalRecords.Care care -> CareDocument.told(care);
      case MedicalRecords.Surgeries surgeries -> SurgeriesDocument.told(surgeries);
    };
  }
}
