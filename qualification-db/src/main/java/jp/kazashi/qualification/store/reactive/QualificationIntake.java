package jp.kazashi.qualification.store.reactive;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import jp.kazashi.qualification.intake.QualificationChange;
import jp.kazashi.qualification.intake.QualificationLine;
import jp.kazashi.qualification.intake.QualificationRule;
import jp.kazashi.qualification.store.IntakeBatch;
import jp.kazashi.qualification.store.IntakeReport;
import jp.kazashi.qualification.store.TakeInQualifications;
import org.hibernate.reactive.mutiny.Mutiny;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;

public final class QualificationIntake implements TakeInQualifications {
  private final Database database;
  private final Ids ids;

  public QualificationIntake(Mutiny.SessionFactory sessions, RandomGenerator random) {
    this.database = new Database(sessions);
    this.ids = new Ids(random);
  }

  @Override
  public Uni<IntakeReport> take(IntakeBatch batch, List<QualificationLine> lines) {
    return new Feed<QualificationLine, QualificationChange>(
            database,
            "people",
            (session, of, piece, takenBefore, known) ->
                Uni.createFrom()
                    .item(() ->
                        QualificationRule.judge(
                            piece, takenBefore, known, of.sender(), of.receivedAt(), ids::next)),
            (session, changes) -> write(session, changes, batch.receivedAt()))
        .take(batch, lines);
  }

  /** Closings before additions: the database lets nothing overlap, not even for a moment. */
  private static Uni<Void> write(
      StatelessSession session, List<QualificationChange> changes, Instant recordedAt) {
    List<PersonRow> people = new ArrayList<>();
    List<QualificationChange.Close> closings = new ArrayList<>();
    List<QualificationRow> additions = new ArrayList<>();
    for (QualificationChange change : changes) {
      switch (change) {
        case QualificationChange.NewPerson added ->
            people.add(PersonRow.of(added.person(), recordedAt));
        case QualificationChange.Close close -> closings.add(close);
        case QualificationChange.Add added ->
            additions.add(QualificationRow.of(added.person(), added.qualification()));
      }
    }
    Uni<Void> written = Database.insertAll(session, people);
    for (QualificationChange.Close close : closings) {
      written = written.chain(() -> close(session, close));
    }
    return written.chain(() -> Database.insertAll(session, additions));
  }

  private static Uni<Void> close(StatelessSession session, QualificationChange.Close close) {
    return session
        .createMutationQuery(
            "update QualificationRow q set q.recordedTo = :at where q.id = :id and q.recordedTo is"
                + " null")
        .setParameter("at", close.at())
        .setParameter("id", close.qualification())
        .executeUpdate()
        .invoke(closed -> {
          if (closed != 1) {
            throw new IllegalStateException("A qualification was closed by someone else");
          }
        })
        .replaceWithVoid();
  }
}
