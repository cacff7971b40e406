package jp.kazashi.qualification.store;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import jp.kazashi.qualification.check.CheckId;
import jp.kazashi.qualification.institution.InstitutionCode;

/** A check of this institution; another institution's is as good as none. */
public interface FindCheck {
  Uni<Optional<FoundCheck>> byId(CheckId id, InstitutionCode institution);
}
