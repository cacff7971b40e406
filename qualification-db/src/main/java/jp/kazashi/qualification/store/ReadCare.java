package jp.kazashi.qualification.store;

import io.smallrye.mutiny.Uni;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import jp.kazashi.qualification.consent.ConsentGrant;
import jp.kazashi.qualification.medical.CareRecord;

/**
 * What was done for the person who granted it, oldest first. The grant must be for care; claims
 * whose month is not published on {@code today}, and nothing dated before {@code notBefore}, are
 * not given.
 */
public interface ReadCare {
  Uni<List<CareRecord>> care(
      ConsentGrant grant, YearMonth from, YearMonth to, LocalDate notBefore, LocalDate today);
}
