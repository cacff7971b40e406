package jp.kazashi.qualification.store.reactive;

import io.smallrye.mutiny.Uni;
import java.time.ZoneOffset;
import java.util.List;
import jp.kazashi.qualification.intake.LineReader;
import jp.kazashi.qualification.intake.LineReader.Reading;
import jp.kazashi.qualification.intake.LineReader.Registration;
import jp.kazashi.qualification.intake.RegistrationLine;
import jp.kazashi.qualification.store.IntakeBatch;
import jp.kazashi.qualification.store.IntakeReport;
import jp.kazashi.qualification.store.TakeInRegistrations;
import org.hibernate.reactive.mutiny.Mutiny;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;

/** Links holders to people; a link that stands stays with its person. */
public final class RegistrationIntake implements TakeInRegistrations {
  private static final String LINK =
      """
      insert into holder_link (opaque, person_id, registered_at) values ($1, $2, $3)
      on conflict (opaque) do update set registered_at = excluded.registered_at, ended_at = null
      where holder_link.person_id = excluded.person_id
      returning 1\
      """;

  private final IntakeLines lines;

  public RegistrationIntake(Mutiny.SessionFactory sessions) {
    this.lines = new IntakeLines(new Database(sessions));
  }

  @Override
  public Uni<IntakeReport> take(IntakeBatch batch, List<RegistrationLine> delivery) {
    return lines.take(batch, delivery, new Registrations());
  }

  private static final class Registrations
      implements IntakeLines.Feed<RegistrationLine, Registration> {
    @Override
    public String nameOf(RegistrationLine line) {
      return line.line() == null ? "" : line.line();
    }

    @Override
    public Reading<Registration> read(RegistrationLine line) {
      return LineReader.registration(line);
    }

    @Override
    public Uni<Void> write(StatelessSession session, Registration registration) {
      return KnownPeople.named(session, registration.code())
          .chain(person ->
              Database.select(
                  session,
                  LINK,
                  registration.link().opaque(),
                  person.id,
                  registration.registeredAt().atOffset(ZoneOffset.UTC)))
          .replaceWithVoid();
    }
  }
}
