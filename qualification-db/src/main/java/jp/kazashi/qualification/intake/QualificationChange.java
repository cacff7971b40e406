package jp.kazashi.qualification.intake;

import java.time.Instant;
import java.util.UUID;
import jp.kazashi.qualification.coverage.Qualification;
import jp.kazashi.qualification.person.Person;
import jp.kazashi.qualification.person.PersonId;

/** One thing to be written for a feed of qualifications. */
public sealed interface QualificationChange {
  record NewPerson(Person person) implements QualificationChange {}

  /** What was known until now stays in the record, closed. */
  record Close(UUID qualification, Instant at) implements QualificationChange {}

  record Add(PersonId person, Qualification qualification) implements QualificationChange {}
}
