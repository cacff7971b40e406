package jp.kazashi.qualification.store.reactive;

import io.smallrye.mutiny.Uni;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import jp.kazashi.qualification.consent.ConsentGrant;
import jp.kazashi.qualification.intake.MedicationChange;
import jp.kazashi.qualification.intake.MedicationIntake;
import jp.kazashi.qualification.intake.MedicationLine;
import jp.kazashi.qualification.medical.MedicalCategory;
import jp.kazashi.qualification.medical.MedicationRecord;
import jp.kazashi.qualification.store.IntakeBatch;
import jp.kazashi.qualification.store.IntakeReport;
import jp.kazashi.qualification.store.ReadMedications;
import jp.kazashi.qualification.store.TakeInMedications;
import org.hibernate.reactive.mutiny.Mutiny;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;

public final class MedicationsInDatabase implements ReadMedications, TakeInMedications {
  private static final String OF_PERSON =
      """
      from MedicationRow m
      where m.personId = :person and m.month between :from and :to and m.day >= :notBefore
      order by m.day, m.facility, m.source, m.code, m.id
      """;

  private final Database database;
  private final Partitions partitions;
  private final Supplier<UUID> ids;

  public MedicationsInDatabase(Mutiny.SessionFactory sessions, Supplier<UUID> ids) {
    this.database = new Database(sessions);
    this.partitions = new Partitions(database);
    this.ids = ids;
  }

  @Override
  public Uni<List<MedicationRecord>> of(
      ConsentGrant grant, YearMonth from, YearMonth to, LocalDate notBefore) {
    if (grant.category() != MedicalCategory.MEDICATION) {
      throw new IllegalArgumentException("This grant is not for medication");
    }
    return database
        .reading(
            session ->
                session
                    .createSelectionQuery(OF_PERSON, MedicationRow.class)
                    .setParameter("person", grant.person().value())
                    .setParameter("from", from.atDay(1))
                    .setParameter("to", to.atDay(1))
                    .setParameter("notBefore", notBefore)
                    .getResultList())
        .map(rows -> rows.stream().map(MedicationRow::medication).toList());
  }

  @Override
  public Uni<IntakeReport> take(IntakeBatch batch, List<MedicationLine> lines) {
    Feed<MedicationLine, MedicationChange> feed =
        new Feed<>(
            database,
            "medications of " + batch.sender().digits(),
            (session, of, piece, takenBefore, known) ->
                Uni.createFrom()
                    .item(() -> MedicationIntake.judge(piece, takenBefore, known, of.sender())),
            this::write);
    return partitions.make(partitionsFor(lines)).chain(() -> feed.take(batch, lines));
  }

  private static List<Partitions.Partition> partitionsFor(List<MedicationLine> lines) {
    return MedicationIntake.months(lines).stream()
        .map(month -> new Partitions.Partition("medication", month))
        .toList();
  }

  private Uni<Void> write(StatelessSession session, List<MedicationChange> changes) {
    return Database.insertAll(
        session,
        changes.stream()
            .map(change -> MedicationRow.of(ids.get(), change.person(), change.record()))
            .toList());
  }
}
