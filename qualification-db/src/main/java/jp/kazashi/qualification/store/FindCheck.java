package jp.kazashi.qualification.store;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import jp.kazashi.qualification.check.ChallengeKey;
import jp.kazashi.qualification.check.CheckId;
import jp.kazashi.qualification.institution.InstitutionCode;

/** A check of this institution; another institution's is as good as none. */
public interface FindCheck {
  Uni<Optional<FoundCheck>> byId(CheckId id, InstitutionCode institution);

  /** The check that spent what can be spent only once. */
  Uni<Optional<FoundCheck>> bySpent(ChallengeKey key, InstitutionCode institution);
}
