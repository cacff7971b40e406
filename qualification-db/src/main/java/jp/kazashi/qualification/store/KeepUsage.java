package jp.kazashi.qualification.store;

import io.smallrye.mutiny.Uni;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import jp.kazashi.qualification.institution.InstitutionCode;
import jp.kazashi.qualification.institution.UsageDay;

/** What institutions did, in daily rows. */
public interface KeepUsage {
  /**
   * Counts that day in Asia/Tokyo from the audit; counting it again replaces what was counted, so
   * that a day may be counted while it lasts.
   */
  Uni<Void> count(LocalDate day);

  /** Rows counted elsewhere take the place of those kept. */
  Uni<Void> put(List<UsageDay> rows);

  /** The rows of one month, of one institution or of all. */
  Uni<List<UsageDay>> of(YearMonth month, Optional<InstitutionCode> institution);
}
