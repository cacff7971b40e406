package jp.kazashi.qualification.store.reactive;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.kazashi.qualification.institution.InstitutionCode;
import jp.kazashi.qualification.staff.StaffCall;
import jp.kazashi.qualification.store.FindCalls;
import org.hibernate.reactive.mutiny.Mutiny;

public final class CallsInDatabase implements FindCalls {
  private final Database database;

  public CallsInDatabase(Mutiny.SessionFactory sessions) {
    this.database = new Database(sessions);
  }

  @Override
  public Uni<List<StaffCall>> open(InstitutionCode institution, Instant at) {
    return database.rows(
        row -> call(row, institution),
        """
        select id, terminal, want, called_at from staff_call
        where institution = $1 and ending is null and ends_at > $2
        order by called_at, terminal, want
        """,
        institution.digits(),
        Database.time(at));
  }

  @Override
  public Uni<Optional<KeptCall>> byId(InstitutionCode institution, UUID id) {
    return database.first(
        row ->
            new KeptCall(
                call(row, institution),
                Optional.ofNullable(row.textOrNull(4)).map(StaffCall.Ending::valueOf),
                Optional.ofNullable(row.uuidOrNull(5))),
        """
        select id, terminal, want, called_at, ending, pass_id from staff_call
        where institution = $1 and id = $2
        """,
        institution.digits(),
        id);
  }

  private static StaffCall call(Cells row, InstitutionCode institution) {
    return new StaffCall(
        row.uuid(0), institution, row.text(1), StaffCall.Want.valueOf(row.text(2)), row.instant(3));
  }
}
