package jp.kazashi.qualification.store.reactive;

import io.smallrye.mutiny.Uni;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import jp.kazashi.qualification.consent.ConsentGrant;
import jp.kazashi.qualification.medical.MedicalCategory;
import jp.kazashi.qualification.medical.MedicationRecord;
import jp.kazashi.qualification.store.ReadMedications;
import org.hibernate.reactive.mutiny.Mutiny;

public final class MedicationsInDatabase implements ReadMedications {
  private static final String OF_PERSON =
      """
      from MedicationRow m
      where m.personId = :person and m.month between :from and :to and m.day >= :notBefore
      order by m.day, m.facility, m.source, m.code, m.id
      """;

  private final Database database;

  public MedicationsInDatabase(Mutiny.SessionFactory sessions) {
    this.database = new Database(sessions);
  }

  @Override
  public Uni<List<MedicationRecord>> of(
      ConsentGrant grant, YearMonth from, YearMonth to, LocalDate notBefore) {
    if (grant.category() != MedicalCategory.MEDICATION) {
      throw new IllegalArgumentException("This grant is not for medication");
    }
    return database
        .reading(session ->
            session
                .createSelectionQuery(OF_PERSON, MedicationRow.class)
                .setParameter("person", grant.person().value())
                .setParameter("from", from.atDay(1))
                .setParameter("to", to.atDay(1))
                .setParameter("notBefore", notBefore)
                .getResultList())
        .map(rows -> rows.stream().map(MedicationRow::medication).toList());
  }
}
