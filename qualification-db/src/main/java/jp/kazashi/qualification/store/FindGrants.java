package jp.kazashi.qualification.store;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import jp.kazashi.qualification.consent.ConsentLedger;
import jp.kazashi.qualification.institution.InstitutionCode;
import jp.kazashi.qualification.person.PersonId;

/** The decisions of a person at an institution that may still live at that instant. */
public interface FindGrants {
  Uni<ConsentLedger> of(InstitutionCode institution, PersonId person, Instant at);
}
