package jp.kazashi.qualification.store.reactive;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.Optional;
import jp.kazashi.qualification.audit.Digest;
import jp.kazashi.qualification.store.KeepAnswers;
import jp.kazashi.qualification.store.KeptAnswer;
import org.hibernate.reactive.mutiny.Mutiny;

public final class AnswersInDatabase implements KeepAnswers {
  private final Database database;

  public AnswersInDatabase(Mutiny.SessionFactory sessions) {
    this.database = new Database(sessions);
  }

  @Override
  public Uni<Optional<KeptAnswer>> find(Digest certificate, String key, Instant at) {
    return database.first(
        row -> new KeptAnswer(row.digest(0), row.whole(1), row.bytes(2), row.instant(3)),
        """
        select request, status, answer, kept_at from idempotency
        where certificate = $1 and key = $2 and kept_at > $3
        """,
        Database.bytes(certificate),
        key,
        Database.time(at.minus(KEPT_FOR)));
  }

  @Override
  public Uni<Boolean> keep(Digest certificate, String key, KeptAnswer answer) {
    return database.writing(session ->
        Database.update(
                session,
                "delete from idempotency where certificate = $1 and key = $2 and kept_at <= $3",
                Database.bytes(certificate),
                key,
                Database.time(answer.keptAt().minus(KEPT_FOR)))
            .chain(() ->
                Database.update(
                    session,
                    """
                    insert into idempotency (certificate, key, request, status, answer, kept_at)
                    values ($1, $2, $3, $4, $5, $6)
                    on conflict do nothing
                    """,
                    Database.bytes(certificate),
                    key,
                    Database.bytes(answer.request()),
                    answer.status(),
                    Buffer.buffer(answer.answer()),
                    Database.time(answer.keptAt())))
            .map(kept -> kept == 1));
  }

  @Override
  public Uni<Integer> forget(Instant at) {
    return database.change(
        "delete from idempotency where kept_at <= $1", Database.time(at.minus(KEPT_FOR)));
  }
}
