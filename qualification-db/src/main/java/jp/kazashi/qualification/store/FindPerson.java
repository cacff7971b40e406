package jp.kazashi.qualification.store;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import jp.kazashi.qualification.person.Person;
import jp.kazashi.qualification.person.PersonId;

/** A person with the flags that hold now, whichever payer set them. */
public interface FindPerson {
  Uni<Optional<Person>> byId(PersonId id);
}
