package jp.kazashi.qualification.store;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Optional;
import jp.kazashi.qualification.check.CheckId;
import jp.kazashi.qualification.institution.InstitutionCode;

public interface KeepReconciliations {
  /** Empty when it is kept now; else what was kept under its number before, which stays. */
  Uni<Optional<Reconciliation>> keep(Reconciliation reconciliation);

  /** The highest number of a chain that was reconciled, 0 when none was. */
  Uni<Long> last(InstitutionCode institution, String terminal, String chain);

  /** What was kept under a number. */
  Uni<Optional<Reconciliation>> find(
      InstitutionCode institution, String terminal, String chain, long number);

  /** How many records of a terminal were reconciled after that instant. */
  Uni<Long> countAfter(InstitutionCode institution, String terminal, Instant after);

  /** Whether a check was recorded while the line was down, and judged afterwards. */
  Uni<Boolean> became(CheckId check, InstitutionCode institution, String terminal);
}
