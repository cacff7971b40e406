package jp.kazashi.qualification.store.reactive;

import io.smallrye.mutiny.Uni;
import java.util.List;
import jp.kazashi.qualification.check.CheckId;
import jp.kazashi.qualification.institution.InstitutionCode;
import jp.kazashi.qualification.store.ReadEvents;
import jp.kazashi.qualification.store.StationEvent;
import org.hibernate.reactive.mutiny.Mutiny;

public final class EventsInDatabase implements ReadEvents {
  private final Database database;

  public EventsInDatabase(Mutiny.SessionFactory sessions) {
    this.database = new Database(sessions);
  }

  @Override
  public Uni<List<NumberedEvent>> after(InstitutionCode institution, long id, int limit) {
    return database.rows(
        row ->
            new NumberedEvent(
                row.count(0),
                new StationEvent(
                    institution,
                    row.instant(1),
                    row.text(2),
                    new CheckId(row.uuid(3)),
                    row.text(4))),
        """
        select id, at, kind, check_id, body from station_event
        where institution = $1 and id > $2 order by id limit $3
        """,
        institution.digits(),
        id,
        limit);
  }

  @Override
  public Uni<Long> newest() {
    return database
        .rows(row -> row.count(0), "select coalesce(max(id), 0) from station_event")
        .map(List::getFirst);
  }
}
