package jp.kazashi.qualification.store;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import jp.kazashi.qualification.institution.Institution;
import jp.kazashi.qualification.institution.InstitutionCode;

public interface KeepInstitutions {
  Uni<Optional<Institution>> byCode(InstitutionCode code);

  Uni<List<Institution>> all();

  /** Adds it, or changes what is kept under its code. */
  Uni<Void> put(Institution institution);
}
