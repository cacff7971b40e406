package jp.kazashi.qualification.store;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import jp.kazashi.qualification.institution.InstitutionCode;
import jp.kazashi.qualification.institution.ReferenceNumber;
import jp.kazashi.qualification.person.PersonId;

public interface KeepReferenceNumbers {
  /** A number names one person at one institution; told again it names the newer. */
  Uni<Void> put(InstitutionCode institution, ReferenceNumber number, PersonId person, Instant at);

  Uni<List<ReferenceNumber>> of(InstitutionCode institution, PersonId person);
}
