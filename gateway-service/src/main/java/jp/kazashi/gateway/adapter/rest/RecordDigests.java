package jp.kazashi.gateway.adapter.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.List;
import jp.kazashi.gateway.port.DigestRecords;
import jp.kazashi.qualification.audit.Digest;
import jp.kazashi.qualification.medical.MedicationRecord;

/** Digests records in the form in which they are shown. */
public final class RecordDigests implements DigestRecords {
  private final ObjectMapper json;

  public RecordDigests(ObjectMapper json) {
    this.json = json;
  }

  @Override
  public Digest of(List<MedicationRecord> records) {
    try {
      var shown = records.stream().map(MedicationsDocument.Medication::of).toList();
      return Digest.of(json.writeValueAsBytes(shown));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
