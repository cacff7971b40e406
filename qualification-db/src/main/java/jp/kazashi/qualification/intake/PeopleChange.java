package jp.kazashi.qualification.intake;

import java.time.Instant;
import java.util.UUID;
import jp.kazashi.qualification.coverage.MedicalTicket;
import jp.kazashi.qualification.coverage.Qualification;
import jp.kazashi.qualification.holder.Registration;
import jp.kazashi.qualification.person.Person;
import jp.kazashi.qualification.person.PersonId;

/** One thing to be written for a feed of qualifications, in the order in which they come. */
public sealed interface PeopleChange {
  record NewPerson(Person person) implements PeopleChange {}

  /** What was known until now stays in the record, closed. */
  record Close(UUID qualification, Instant at) implements PeopleChange {}

  record Add(PersonId person, Qualification qualification) implements PeopleChange {}

  record Register(Registration registration) implements PeopleChange {}

  record RegisterAgain(Registration registration) implements PeopleChange {}

  record CloseTicket(UUID ticket, Instant at) implements PeopleChange {}

  record AddTicket(PersonId person, MedicalTicket ticket) implements PeopleChange {}
}
