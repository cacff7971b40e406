package jp.kazashi.qualification.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import jp.kazashi.qualification.check.CheckId;
import jp.kazashi.qualification.institution.InstitutionCode;

/** What subscribers of an institution are told, committed together with what it tells of. */
public record StationEvent(
    InstitutionCode institution, Instant at, String kind, CheckId check, String json) {
  public StationEvent {
    at = at.truncatedTo(ChronoUnit.MICROS);
  }
}
