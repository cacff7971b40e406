package jp.kazashi.qualification.medical;

import java.time.LocalDate;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was done on one day; never an operation, which is shown under its own consent.
 *
 * @param practice may be missing of a visit
 */
public record CareRecord(
    CareCategory category,
    YearMonth month,
    LocalDate date,
    Facility facility,
    boolean inpatient,
    @Nullable Practice practice) {
  public CareRecord {
    if (practice == null && category != CareCategory.VISIT) {
      throw new IllegalArgumentException("Only a visit is without a practice");
    }
  }
}
