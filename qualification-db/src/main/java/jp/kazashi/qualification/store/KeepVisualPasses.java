package jp.kazashi.qualification.store;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.UUID;
import jp.kazashi.qualification.staff.VisualPass;

public interface KeepVisualPasses {
  Uni<Void> issue(VisualPass pass);

  /** The pass, and whether a check has used it. */
  Uni<Optional<IssuedPass>> byId(UUID id);

  record IssuedPass(VisualPass pass, boolean spent) {}
}
