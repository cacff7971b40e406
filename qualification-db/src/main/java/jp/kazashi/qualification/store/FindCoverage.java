package jp.kazashi.qualification.store;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import jp.kazashi.qualification.coverage.PersonCoverage;
import jp.kazashi.qualification.holder.HolderLink;
import jp.kazashi.qualification.person.PersonCode;

/** The hot read of a check: link, person, flags and history in one round trip. */
public interface FindCoverage {
  Uni<HolderCoverage> byHolder(HolderLink link);

  /** Of the person whom insurers call so; empty where none does. */
  Uni<Optional<PersonCoverage>> byCode(PersonCode code);
}
