package jp.kazashi.qualification.medical;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import jp.kazashi.qualification.institution.InstitutionCode;
import org.jspecify.annotations.Nullable;

/**
 * One drug on one day.
 *
 * @param month the claim month (診療年月), which may differ from the month of the day
 * @param days how many days or times it was given for
 * @param prescriber the institution that prescribed, where it was told
 */
public record MedicationRecord(
    MedicationSource source,
    YearMonth month,
    LocalDate date,
    InstitutionCode facility,
    String facilityName,
    DrugCode code,
    String name,
    @Nullable String ingredient,
    BigDecimal quantity,
    String unit,
    @Nullable String usage,
    int days,
    @Nullable Facility prescriber) {
  public MedicationRecord {
    if (facilityName.isBlank() || name.isBlank() || unit.isBlank()) {
      throw new IllegalArgumentException("Facility, drug and unit have a name");
    }
    if (quantity.signum() <= 0) {
      throw new IllegalArgumentException("A quantity is more than nothing");
    }
    if (days < 0 || days > 999) {
      throw new IllegalArgumentException("Days are 0 to 999");
    }
  }
}
