package jp.kazashi.qualification.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import jp.kazashi.qualification.institution.Actor;
import jp.kazashi.qualification.institution.InstitutionCode;
import org.jspecify.annotations.Nullable;

/**
 * Many questions asked at once.
 *
 * @param kind what is asked, one word in capitals
 * @param finishedAt null while lines wait for their answer
 */
public record BulkJob(
    UUID id,
    InstitutionCode institution,
    String kind,
    Instant askedAt,
    Actor actor,
    int lines,
    @Nullable Instant finishedAt) {
  public BulkJob {
    askedAt = askedAt.truncatedTo(ChronoUnit.MICROS);
    finishedAt = finishedAt == null ? null : finishedAt.truncatedTo(ChronoUnit.MICROS);
    if (!kind.matches("[A-Z][A-Z_]{0,39}")) {
      throw new IllegalArgumentException("A kind is one word in capitals");
    }
  }
}
