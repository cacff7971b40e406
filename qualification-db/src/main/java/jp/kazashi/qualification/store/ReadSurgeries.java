package jp.kazashi.qualification.store;

import io.smallrye.mutiny.Uni;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import jp.kazashi.qualification.consent.ConsentGrant;
import jp.kazashi.qualification.medical.SurgeryRecord;

/** As {@link ReadCare}, for operations, under a grant for surgery. */
public interface ReadSurgeries {
  Uni<List<SurgeryRecord>> surgeries(
      ConsentGrant grant, YearMonth from, YearMonth to, LocalDate notBefore, LocalDate today);
}
