package jp.kazashi.qualification.store.reactive;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.Optional;
import jp.kazashi.qualification.audit.Digest;
import jp.kazashi.qualification.store.Evidence;
import jp.kazashi.qualification.store.KeepEvidence;
import org.hibernate.reactive.mutiny.Mutiny;

public final class EvidenceInDatabase implements KeepEvidence {
  private static final String KEEP =
      """
      insert into evidence (digest, content, recorded_at) values ($1, $2, $3)
      on conflict do nothing
      """;

  private final Database database;

  public EvidenceInDatabase(Mutiny.SessionFactory sessions) {
    this.database = new Database(sessions);
  }

  @Override
  public Uni<Void> keep(Evidence shared, Instant at) {
    return database
        .change(
            KEEP, Database.bytes(shared.digest()), Buffer.buffer(shared.bytes()), Database.time(at))
        .replaceWithVoid();
  }

  @Override
  public Uni<Optional<byte[]>> find(Digest digest) {
    return database.first(
        row -> row.bytes(0),
        "select content from evidence where digest = $1",
        Database.bytes(digest));
  }
}
