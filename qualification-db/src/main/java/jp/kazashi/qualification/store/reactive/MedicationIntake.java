package jp.kazashi.qualification.store.reactive;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.random.RandomGenerator;
import jp.kazashi.qualification.intake.MedicationChange;
import jp.kazashi.qualification.intake.MedicationLine;
import jp.kazashi.qualification.intake.MedicationRule;
import jp.kazashi.qualification.store.IntakeBatch;
import jp.kazashi.qualification.store.IntakeReport;
import jp.kazashi.qualification.store.TakeInMedications;
import org.hibernate.reactive.mutiny.Mutiny;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;

public final class MedicationIntake implements TakeInMedications {
  private final Database database;
  private final Partitions partitions;
  private final Ids ids;

  public MedicationIntake(Mutiny.SessionFactory sessions, RandomGenerator random) {
    this.database = new Database(sessions);
    this.partitions = new Partitions(database);
    this.ids = new Ids(random);
  }

  @Override
  public Uni<IntakeReport> take(IntakeBatch batch, List<MedicationLine> lines) {
    Feed<MedicationLine, MedicationChange> feed =
        new Feed<>(
            database,
            "medications of " + batch.sender().digits(),
            (session, of, piece, takenBefore, known) ->
                Uni.createFrom()
                    .item(() -> MedicationRule.judge(piece, takenBefore, known, of.sender())),
            this::write);
    return partitions.make(partitionsFor(lines)).chain(() -> feed.take(batch, lines));
  }

  private static List<Partitions.Partition> partitionsFor(List<MedicationLine> lines) {
    return MedicationRule.months(lines).stream()
        .map(month -> new Partitions.Partition("medication", month))
        .toList();
  }

  private Uni<Void> write(StatelessSession session, List<MedicationChange> changes) {
    return Database.insertAll(
        session,
        changes.stream()
            .map(change -> MedicationRow.of(ids.next(), change.person(), change.record()))
            .toList());
  }
}
