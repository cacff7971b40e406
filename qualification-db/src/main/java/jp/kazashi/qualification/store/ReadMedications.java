package jp.kazashi.qualification.store;

import io.smallrye.mutiny.Uni;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import jp.kazashi.qualification.consent.ConsentGrant;
import jp.kazashi.qualification.medical.MedicationRecord;

/**
 * The drugs of the person who granted it, oldest first. The grant must be for medication; who holds
 * none cannot ask. Both months belong to the range; nothing dated before {@code notBefore} (five
 * years, to the day) is given.
 */
public interface ReadMedications {
  Uni<List<MedicationRecord>> of(
      ConsentGrant grant, YearMonth from, YearMonth to, LocalDate notBefore);
}
