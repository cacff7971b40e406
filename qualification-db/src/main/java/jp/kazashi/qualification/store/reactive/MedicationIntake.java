package jp.kazashi.qualification.store.reactive;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import jp.kazashi.qualification.intake.LineReader;
import jp.kazashi.qualification.intake.LineReader.Medication;
import jp.kazashi.qualification.intake.LineReader.Reading;
import jp.kazashi.qualification.intake.MedicationLine;
import jp.kazashi.qualification.store.IntakeBatch;
import jp.kazashi.qualification.store.IntakeReport;
import jp.kazashi.qualification.store.TakeInMedications;
import jp.kazashi.qualification.store.reactive.Partitions.Partition;
import org.hibernate.reactive.mutiny.Mutiny;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;

/** Drugs people were given. */
public final class MedicationIntake implements TakeInMedications {
  private final IntakeLines lines;
  private final Partitions partitions;
  private final RandomGenerator random;

  public MedicationIntake(Mutiny.SessionFactory sessions, RandomGenerator random) {
    Database database = new Database(sessions);
    this.lines = new IntakeLines(database);
    this.partitions = new Partitions(database);
    this.random = random;
  }

  @Override
  public Uni<IntakeReport> take(IntakeBatch batch, List<MedicationLine> delivery) {
    return lines.take(batch, delivery, new Medications());
  }

  private final class Medications implements IntakeLines.Feed<MedicationLine, Medication> {
    @Override
    public String nameOf(MedicationLine line) {
      return line.line() == null ? "" : line.line();
    }

    @Override
    public Reading<Medication> read(MedicationLine line) {
      return LineReader.medication(line);
    }

    @Override
    public Uni<Void> prepare(Medication medication) {
      return partitions.make(Set.of(new Partition("medication", medication.record().month())));
    }

    @Override
    public Uni<Void> write(StatelessSession session, Medication medication) {
      UUID id = new UUID(random.nextLong(), random.nextLong());
      return KnownPeople.named(session, medication.code())
          .chain(person ->
              session.insert(MedicationRow.of(id, person.person().id(), medication.record())));
    }
  }
}
