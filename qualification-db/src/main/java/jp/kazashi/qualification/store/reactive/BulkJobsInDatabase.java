package jp.kazashi.qualification.store.reactive;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.kazashi.qualification.institution.InstitutionCode;
import jp.kazashi.qualification.store.BulkJob;
import jp.kazashi.qualification.store.KeepBulkJobs;
import org.hibernate.reactive.mutiny.Mutiny;

public final class BulkJobsInDatabase implements KeepBulkJobs {
  private static final String JOB =
      "select id, institution, kind, asked_at, actor, lines, finished_at from bulk_job ";

  private final Database database;

  public BulkJobsInDatabase(Mutiny.SessionFactory sessions) {
    this.database = new Database(sessions);
  }

  @Override
  public Uni<Void> ask(BulkJob job, List<String> questions) {
    return database
        .change(
            """
            with job as (
              insert into bulk_job (id, institution, kind, asked_at, lines, actor)
              values ($1, $2, $3, $4, $5, $6)
              returning id
            )
            insert into bulk_line (job, line, question)
            select job.id, asked.line, asked.question
            from job, unnest($7::text[]) with ordinality as asked (question, line)
            """,
            job.id(),
            job.institution().digits(),
            job.kind(),
            Database.time(job.askedAt()),
            questions.size(),
            ActorText.write(job.actor()),
            questions.toArray(String[]::new))
        .replaceWithVoid();
  }

  @Override
  public Uni<Optional<BulkJob>> byId(InstitutionCode institution, UUID id) {
    return database.first(
        BulkJobsInDatabase::job,
        JOB + "where id = $1 and institution = $2",
        id,
        institution.digits());
  }

  @Override
  public Uni<List<BulkJob>> unfinished(int limit) {
    return database.rows(
        BulkJobsInDatabase::job,
        JOB + "where finished_at is null order by asked_at, id limit $1",
        limit);
  }

  @Override
  public Uni<List<Line>> unanswered(UUID job, int limit) {
    return database.rows(
        BulkJobsInDatabase::line,
        """
        select line, question, answer from bulk_line
        where job = $1 and answer is null order by line limit $2
        """,
        job,
        limit);
  }

  @Override
  public Uni<Void> answer(UUID job, List<Line> answered) {
    return database
        .change(
            """
            update bulk_line set answer = given.answer
            from unnest($2::integer[], $3::text[]) as given (line, answer)
            where bulk_line.job = $1 and bulk_line.line = given.line and bulk_line.answer is null
            """,
            job,
            Columns.of(answered, Line::line, Integer[]::new),
            Columns.of(answered, Line::answer, String[]::new))
        .replaceWithVoid();
  }

  @Override
  public Uni<Boolean> finish(UUID job, Instant at) {
    return database
        .change(
            """
            update bulk_job set finished_at = $2
            where id = $1 and finished_at is null
              and not exists (
                select from bulk_line where bulk_line.job = $1 and bulk_line.answer is null)
            """,
            job,
            Database.time(at))
        .map(finished -> finished == 1);
  }

  @Override
  public Uni<List<Line>> lines(UUID job) {
    return database.rows(
        BulkJobsInDatabase::line,
        "select line, question, answer from bulk_line where job = $1 order by line",
        job);
  }

  @Override
  public Uni<List<Line>> lines(UUID job, int after, int limit) {
    return database.rows(
        BulkJobsInDatabase::line,
        """
        select line, question, answer from bulk_line
        where job = $1 and line > $2 order by line limit $3
        """,
        job,
        after,
        limit);
  }

  @Override
  public Uni<Integer> answered(UUID job) {
    return database
        .rows(
            row -> (int) row.count(0),
            "select count(*) from bulk_line where job = $1 and answer is not null",
            job)
        .map(List::getFirst);
  }

  @Override
  public Uni<Boolean> take(UUID job, UUID holder, Instant now, Instant until) {
    return database
        .change(
            """
            update bulk_job set held_by = $2, held_until = $4
            where id = $1 and finished_at is null
              and (held_by is null or held_by = $2 or held_until <= $3)
            """,
            job,
            holder,
            Database.time(now),
            Database.time(until))
        .map(taken -> taken == 1);
  }

  private static BulkJob job(Cells row) {
    return new BulkJob(
        row.uuid(0),
        new InstitutionCode(row.text(1)),
        row.text(2),
        row.instant(3),
        ActorText.read(row.text(4)),
        row.whole(5),
        row.instantOrNull(6));
  }

  private static Line line(Cells row) {
    return new Line(row.whole(0), row.text(1), row.textOrNull(2));
  }
}
