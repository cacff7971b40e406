package jp.kazashi.qualification.store.reactive;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import jp.kazashi.qualification.audit.Digest;
import jp.kazashi.qualification.intake.LineReader.Reading;
import jp.kazashi.qualification.intake.RejectedLine;
import jp.kazashi.qualification.store.IntakeBatch;
import jp.kazashi.qualification.store.IntakeReport;
import org.hibernate.exception.ConstraintViolationException;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;

/**
 * Takes a feed in, one transaction a line: what the line says and the note that it was taken stand
 * together, so that the same delivery can be sent again and goes on where it ended.
 */
final class IntakeLines {
  private static final String BATCH =
      """
      insert into intake_batch (sender, batch, first_received_at) values ($1, $2, $3)
      on conflict do nothing returning 1\
      """;
  private static final String NOTE =
      """
      insert into intake_line (sender, batch, line, digest, taken_at) values ($1, $2, $3, $4, $5)
      on conflict do nothing returning 1\
      """;

  private final Database database;

  IntakeLines(Database database) {
    this.database = database;
  }

  /** How the lines of one feed are read and written. */
  interface Feed<L, T> {
    String nameOf(L line);

    Reading<T> read(L line);

    /** What must be there before the line can be written. */
    default Uni<Void> prepare(T value) {
      return Uni.createFrom().voidItem();
    }

    Uni<Void> write(StatelessSession session, T value);
  }

  <L, T> Uni<IntakeReport> take(IntakeBatch batch, List<L> lines, Feed<L, T> feed) {
    if (lines.isEmpty()) {
      return Uni.createFrom().item(IntakeReport.nothing(batch.id()));
    }
    return open(batch)
        .chain(() ->
            Multi.createFrom()
                .iterable(lines)
                .onItem()
                .transformToUniAndConcatenate(line -> takeOne(batch, line, feed))
                .collect()
                .asList())
        .map(fates -> report(batch, fates));
  }

  private sealed interface Fate {
    record Accepted() implements Fate {}

    record Duplicate() implements Fate {}

    record Rejected(RejectedLine line) implements Fate {}
  }

  private Uni<Void> open(IntakeBatch batch) {
    return database
        .writing(session ->
            Database.select(
                session,
                BATCH,
                batch.sender().digits(),
                batch.id().value(),
                batch.receivedAt().atOffset(ZoneOffset.UTC)))
        .replaceWithVoid();
  }

  private <L, T> Uni<Fate> takeOne(IntakeBatch batch, L line, Feed<L, T> feed) {
    String name = feed.nameOf(line);
    if (name.isBlank() || name.length() > 100) {
      return rejected(name, "line", "is missing or longer than 100 characters");
    }
    return switch (feed.read(line)) {
      case Reading.Wrong<T>(var field, var reason) -> rejected(name, field, reason);
      case Reading.Read<T>(var value) ->
          feed.prepare(value)
              .chain(
                  () -> database.writing(session -> noted(session, batch, name, line, value, feed)))
              .onFailure(KnownPeople.Unknown.class)
              .recoverWithItem(
                  () -> new Fate.Rejected(new RejectedLine(name, "personCode", "is not known")))
              .onFailure(ConstraintViolationException.class)
              .recoverWithItem(() ->
                  new Fate.Rejected(
                      new RejectedLine(name, "validFrom", "overlaps another qualification")));
    };
  }

  private static <L, T> Uni<Fate> noted(
      StatelessSession session, IntakeBatch batch, String name, L line, T value, Feed<L, T> feed) {
    byte[] digest = Digest.of(line.toString().getBytes(StandardCharsets.UTF_8)).bytes();
    return Database.select(
            session,
            NOTE,
            batch.sender().digits(),
            batch.id().value(),
            name,
            Buffer.buffer(digest),
            batch.receivedAt().atOffset(ZoneOffset.UTC))
        .chain(note ->
            note.size() == 0
                ? Uni.createFrom().item(new Fate.Duplicate())
                : feed.write(session, value).replaceWith(new Fate.Accepted()));
  }

  private static Uni<Fate> rejected(String name, String field, String reason) {
    return Uni.createFrom().item(new Fate.Rejected(new RejectedLine(name, field, reason)));
  }

  private static IntakeReport report(IntakeBatch batch, List<Fate> fates) {
    int accepted = 0;
    int duplicates = 0;
    List<RejectedLine> rejected = new ArrayList<>();
    for (Fate fate : fates) {
      switch (fate) {
        case Fate.Accepted() -> accepted++;
        case Fate.Duplicate() -> duplicates++;
        case Fate.Rejected(var line) -> rejected.add(line);
      }
    }
    return new IntakeReport(batch.id(), accepted, duplicates, rejected);
  }
}
