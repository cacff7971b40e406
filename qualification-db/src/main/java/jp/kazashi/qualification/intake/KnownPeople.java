package jp.kazashi.qualification.intake;

import java.util.List;
import java.util.Map;
import jp.kazashi.qualification.coverage.MedicalTicket;
import jp.kazashi.qualification.coverage.PersonCoverage;
import jp.kazashi.qualification.holder.HolderLink;
import jp.kazashi.qualification.holder.Registration;
import jp.kazashi.qualification.person.PersonCode;
import jp.kazashi.qualification.person.PersonId;

/**
 * What is known of the people whom the lines at hand may name: everything ever recorded of their
 * qualifications, the registrations of the holders named, and the open tickets of those people.
 */
public record KnownPeople(
    Map<PersonCode, PersonCoverage> byCode,
    Map<HolderLink, Registration> registrations,
    Map<PersonId, List<MedicalTicket>> tickets) {
  public KnownPeople {
    byCode = Map.copyOf(byCode);
    registrations = Map.copyOf(registrations);
    tickets = Map.copyOf(tickets);
  }

  public static KnownPeople nobody() {
    return new KnownPeople(Map.of(), Map.of(), Map.of());
  }
}
