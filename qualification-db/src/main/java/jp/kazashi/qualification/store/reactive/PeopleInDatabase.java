package jp.kazashi.qualification.store.reactive;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import jp.kazashi.qualification.person.Person;
import jp.kazashi.qualification.person.PersonCode;
import jp.kazashi.qualification.person.PersonId;
import jp.kazashi.qualification.store.FindPerson;
import org.hibernate.reactive.mutiny.Mutiny;

public final class PeopleInDatabase implements FindPerson {
  private final Database database;

  public PeopleInDatabase(Mutiny.SessionFactory sessions) {
    this.database = new Database(sessions);
  }

  @Override
  public Uni<Optional<Person>> byId(PersonId id) {
    return database
        .rows(
            row -> new Person(id, new PersonCode(row.text(0)), row.truth(1), row.truth(2)),
            """
            select p.code,
              p.undisclosed or coalesce(bool_or(q.undisclosed), false),
              p.provision_barred or coalesce(bool_or(q.provision_barred), false)
            from person p
            left join qualification q on q.person_id = p.id and q.recorded_to is null
            where p.id = $1
            group by p.id
            """,
            id.value())
        .map(rows -> rows.stream().findFirst());
  }
}
