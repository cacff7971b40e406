package jp.kazashi.qualification.store.reactive;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import jp.kazashi.qualification.institution.InstitutionCode;
import jp.kazashi.qualification.institution.ReferenceNumber;
import jp.kazashi.qualification.person.PersonId;
import jp.kazashi.qualification.store.Deed;
import jp.kazashi.qualification.store.KeepReferenceNumbers;
import org.hibernate.reactive.mutiny.Mutiny;

public final class ReferenceNumbersInDatabase implements KeepReferenceNumbers {
  private final Database database;

  public ReferenceNumbersInDatabase(Mutiny.SessionFactory sessions) {
    this.database = new Database(sessions);
  }

  @Override
  public Uni<Void> put(
      InstitutionCode institution, ReferenceNumber number, PersonId person, Instant at) {
    return database
        .change(new Deed.PutReference(institution, number, person, at))
        .replaceWithVoid();
  }

  @Override
  public Uni<List<ReferenceNumber>> of(InstitutionCode institution, PersonId person) {
    return database.rows(
        row -> new ReferenceNumber(row.text(0)),
        """
        select number from reference_number
        where person_id = $1 and institution = $2
        order by registered_at desc, number
        """,
        person.value(),
        institution.digits());
  }
}
