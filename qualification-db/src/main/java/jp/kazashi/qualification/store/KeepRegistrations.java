package jp.kazashi.qualification.store;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Optional;
import jp.kazashi.qualification.holder.HolderLink;
import jp.kazashi.qualification.holder.Registration;
import jp.kazashi.qualification.person.Person;
import jp.kazashi.qualification.person.PersonCode;

/** Registrations for use, as the counter makes and ends them. */
public interface KeepRegistrations {
  Uni<Optional<Registration>> find(HolderLink link);

  /**
   * Begins it, or begins an ended one again. False, and nothing is changed, when the holder is
   * registered for another person.
   */
  Uni<Boolean> begin(Registration registration);

  /** An end told before stays. */
  Uni<Void> end(HolderLink link, Instant at);

  /** The person a code names, if one is known. */
  Uni<Optional<Person>> person(PersonCode code);
}
