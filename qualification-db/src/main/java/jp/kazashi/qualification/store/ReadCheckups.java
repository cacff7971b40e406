package jp.kazashi.qualification.store;

import io.smallrye.mutiny.Uni;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import jp.kazashi.qualification.consent.ConsentGrant;
import jp.kazashi.qualification.medical.CheckupRecord;

/**
 * The checkups of the person who granted it, oldest first. The grant must be for checkup; nothing
 * dated before {@code notBefore} is given.
 */
public interface ReadCheckups {
  Uni<List<CheckupRecord>> checkups(
      ConsentGrant grant, YearMonth from, YearMonth to, LocalDate notBefore);
}
