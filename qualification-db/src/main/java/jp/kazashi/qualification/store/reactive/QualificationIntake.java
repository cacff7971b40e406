package jp.kazashi.qualification.store.reactive;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import jp.kazashi.qualification.coverage.Qualification;
import jp.kazashi.qualification.intake.LineReader;
import jp.kazashi.qualification.intake.LineReader.Member;
import jp.kazashi.qualification.intake.LineReader.Reading;
import jp.kazashi.qualification.intake.QualificationLine;
import jp.kazashi.qualification.person.Person;
import jp.kazashi.qualification.person.PersonCode;
import jp.kazashi.qualification.person.PersonId;
import jp.kazashi.qualification.store.IntakeBatch;
import jp.kazashi.qualification.store.IntakeReport;
import jp.kazashi.qualification.store.TakeInQualifications;
import org.hibernate.reactive.mutiny.Mutiny;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;

/** Members and what covers them; what an insurer corrects is closed, never overwritten. */
public final class QualificationIntake implements TakeInQualifications {
  private static final String CLOSE_WHAT_IT_CORRECTS =
      """
      update qualification set recorded_to = $1
      where person_id = $2 and kind = $3 and payer = $4 and valid_from = $5
        and recorded_to is null and recorded_from < $1
      returning 1\
      """;

  private final IntakeLines lines;
  private final RandomGenerator random;

  public QualificationIntake(Mutiny.SessionFactory sessions, RandomGenerator random) {
    this.lines = new IntakeLines(new Database(sessions));
    this.random = random;
  }

  @Override
  public Uni<IntakeReport> take(IntakeBatch batch, List<QualificationLine> delivery) {
    return lines.take(batch, delivery, new Members(batch));
  }

  private final class Members implements IntakeLines.Feed<QualificationLine, Member> {
    private final IntakeBatch batch;

    Members(IntakeBatch batch) {
      this.batch = batch;
    }

    @Override
    public String nameOf(QualificationLine line) {
      return line.line() == null ? "" : line.line();
    }

    @Override
    public Reading<Member> read(QualificationLine line) {
      return LineReader.qualification(line, batch.sender(), newId(), batch.receivedAt());
    }

    @Override
    public Uni<Void> write(StatelessSession session, Member member) {
      return personFor(session, member.code(), batch.receivedAt())
          .chain(person -> replace(session, person, member.qualification()));
    }
  }

  private Uni<PersonId> personFor(StatelessSession session, PersonCode code, Instant at) {
    return KnownPeople.find(session, code)
        .chain((Optional<PersonRow> known) ->
            known
                .map(row -> Uni.createFrom().item(row.person().id()))
                .orElseGet(() -> insert(session, code, at)));
  }

  private Uni<PersonId> insert(StatelessSession session, PersonCode code, Instant at) {
    Person person = new Person(new PersonId(newId()), code, false, false);
    return session.insert(PersonRow.of(person, at)).replaceWith(person.id());
  }

  private static Uni<Void> replace(
      StatelessSession session, PersonId person, Qualification qualification) {
    return Database.select(
            session,
            CLOSE_WHAT_IT_CORRECTS,
            qualification.recorded().from().atOffset(ZoneOffset.UTC),
            person.value(),
            qualification.kind().name(),
            qualification.payer().digits(),
            qualification.valid().from())
        .chain(() -> session.insert(QualificationRow.of(person, qualification)));
  }

  private UUID newId() {
    return new UUID(random.nextLong(), random.nextLong());
  }
}
