package jp.kazashi.qualification.store.reactive;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Optional;
import jp.kazashi.qualification.holder.HolderLink;
import jp.kazashi.qualification.holder.Registration;
import jp.kazashi.qualification.person.Person;
import jp.kazashi.qualification.person.PersonCode;
import jp.kazashi.qualification.person.PersonId;
import jp.kazashi.qualification.store.KeepRegistrations;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

public final class RegistrationsInDatabase implements KeepRegistrations {
  static final String BEGIN =
      """
      insert into holder_link (opaque, person_id, registered_at, ended_at, predecessor)
      values ($1, $2, $3, $4, $5)
      on conflict (opaque) do update
        set registered_at = excluded.registered_at, ended_at = excluded.ended_at
        where holder_link.person_id = excluded.person_id
      """;

  private final Database database;

  public RegistrationsInDatabase(Mutiny.SessionFactory sessions) {
    this.database = new Database(sessions);
  }

  @Override
  public Uni<Optional<Registration>> find(HolderLink link) {
    return database
        .reading(session -> session.get(HolderLinkRow.class, link.opaque()))
        .map(row -> Optional.ofNullable(row).map(HolderLinkRow::registration));
  }

  @Override
  public Uni<Boolean> begin(Registration registration) {
    return database.change(BEGIN, begun(registration)).map(begun -> begun == 1);
  }

  /** What {@link #BEGIN} takes. */
  static @Nullable Object[] begun(Registration registration) {
    return new @Nullable Object[] {
      registration.link().opaque(),
      registration.person().value(),
      Database.time(registration.registeredAt()),
      Database.timeOrNull(registration.endedAt()),
      registration.predecessor() == null ? null : registration.predecessor().opaque()
    };
  }

  @Override
  public Uni<Void> end(HolderLink link, Instant at) {
    return database
        .change(
            "update holder_link set ended_at = $2 where opaque = $1 and ended_at is null",
            link.opaque(),
            Database.time(at))
        .replaceWithVoid();
  }

  @Override
  public Uni<Optional<Person>> person(PersonCode code) {
    return database.first(
        row -> new Person(new PersonId(row.uuid(0)), code, row.truth(1), row.truth(2)),
        """
        select p.id,
          p.undisclosed or coalesce(bool_or(q.undisclosed), false),
          p.provision_barred or coalesce(bool_or(q.provision_barred), false)
        from person p
        left join qualification q on q.person_id = p.id and q.recorded_to is null
        where p.code = $1
        group by p.id
        """,
        code.value());
  }
}
