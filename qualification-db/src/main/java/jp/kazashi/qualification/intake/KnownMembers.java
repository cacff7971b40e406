package jp.kazashi.qualification.intake;

import java.time.Instant;
import java.util.Optional;
import jp.kazashi.qualification.person.PersonId;

/** Which of the people named are members of the sender's; whoever is missing here is not. */
public interface KnownMembers {
  Optional<PersonId> member(PersonKey key);

  /** When the newest withdrawal known for the same was stated. */
  Optional<Instant> withdrawnAt(RecordDraft.Withdrawal withdrawal, PersonId person);
}
