package jp.kazashi.qualification.store.reactive;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import jp.kazashi.qualification.person.PersonCode;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;

/** The people lines of a feed speak of. */
final class KnownPeople {
  private KnownPeople() {}

  /** Fails with {@link Unknown} when there is nobody. */
  static Uni<PersonRow> named(StatelessSession session, PersonCode code) {
    return find(session, code).map(found -> found.orElseThrow(Unknown::new));
  }

  static Uni<Optional<PersonRow>> find(StatelessSession session, PersonCode code) {
    return session
        .createSelectionQuery("from PersonRow p where p.code = :code", PersonRow.class)
        .setParameter("code", code.value())
        .getResultList()
        .map(found -> found.stream().findFirst());
  }

  /** Takes back what its line had begun to write. */
  static final class Unknown extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unknown() {
      super("a line speaks of somebody unknown", null, false, false);
    }
  }
}
