package jp.kazashi.qualification.store;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import jp.kazashi.qualification.institution.InstitutionCode;

public interface KeepReconciliations {
  /** Empty when it is kept now; else what was kept under its number before, which stays. */
  Uni<Optional<Reconciliation>> keep(Reconciliation reconciliation);

  /** The highest number of a chain that was reconciled, 0 when none was. */
  Uni<Long> last(InstitutionCode institution, String terminal, String chain);
}
