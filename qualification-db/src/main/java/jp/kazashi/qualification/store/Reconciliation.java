package jp.kazashi.qualification.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import jp.kazashi.qualification.audit.Digest;
import jp.kazashi.qualification.check.CheckId;
import jp.kazashi.qualification.institution.InstitutionCode;
import org.jspecify.annotations.Nullable;

/**
 * One record of a terminal's degraded chain, judged afterwards.
 *
 * @param chain the terminal's chain; it begins anew when a terminal is set up anew
 * @param digest of the record as it was sent
 * @param check the check that it became, null when it became none
 */
public record Reconciliation(
    InstitutionCode institution,
    String terminal,
    String chain,
    long number,
    Digest digest,
    @Nullable CheckId check,
    String outcome,
    Instant at) {
  public Reconciliation {
    at = at.truncatedTo(ChronoUnit.MICROS);
    if (number < 1) {
      throw new IllegalArgumentException("Records are counted from 1");
    }
  }
}
