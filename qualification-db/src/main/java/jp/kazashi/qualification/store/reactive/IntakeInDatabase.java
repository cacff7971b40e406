package jp.kazashi.qualification.store.reactive;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import jp.kazashi.qualification.audit.Digest;
import jp.kazashi.qualification.feed.CodeNames;
import jp.kazashi.qualification.feed.DeliveryRefused;
import jp.kazashi.qualification.feed.FeedReader;
import jp.kazashi.qualification.intake.BatchId;
import jp.kazashi.qualification.intake.FeedLine;
import jp.kazashi.qualification.intake.IntakeKind;
import jp.kazashi.qualification.intake.IntakeTally;
import jp.kazashi.qualification.intake.LineDigest;
import jp.kazashi.qualification.intake.LineLedger;
import jp.kazashi.qualification.intake.LinkHolders;
import jp.kazashi.qualification.intake.ReadLine;
import jp.kazashi.qualification.intake.RecordRule;
import jp.kazashi.qualification.intake.RecordRule.Drafted;
import jp.kazashi.qualification.intake.RejectedLine;
import jp.kazashi.qualification.medical.CheckupCatalogue;
import jp.kazashi.qualification.store.AnnouncePieces;
import jp.kazashi.qualification.store.Delivery;
import jp.kazashi.qualification.store.IntakeProgress;
import jp.kazashi.qualification.store.IntakeReport;
import jp.kazashi.qualification.store.TakeIn;
import org.hibernate.reactive.mutiny.Mutiny;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;

/**
 * The intake. The calling thread reads and understands lines; while it reads on, the piece before
 * is judged and written on an event loop, in one transaction. One piece is under way at a time, so
 * that pieces are written in the order of their lines.
 */
public final class IntakeInDatabase implements TakeIn {
  /** Lines of a delivery that is taken whole or not at all stay in memory until it is read. */
  private static final int MOST_WHOLE = 20_000;

  private static final int TRIES = 10;
  private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");

  private final Database database;
  private final PeopleWriter people;
  private final RecordWriter records;
  private final CodeNames names;
  private final CheckupCatalogue catalogue = CheckupCatalogue.standard();

  public IntakeInDatabase(
      Mutiny.SessionFactory sessions, RandomGenerator random, LinkHolders links, CodeNames names) {
    this.database = new Database(sessions);
    this.people = new PeopleWriter(new Ids(random), links);
    this.records = new RecordWriter(new Partitions(database));
    this.names = names;
  }

  @Override
  public IntakeReport take(
      Delivery delivery,
      InputStream body,
      AnnouncePieces announce,
      Consumer<IntakeProgress> progress)
      throws IOException {
    FeedReader reader =
        new FeedReader(delivery.intake(), delivery.form(), delivery.encoding(), names, body);
    OpenBatch batch = new OpenBatch(delivery, ledger(delivery));
    Report report = new Report(delivery.batch());
    return delivery.whole()
        ? takeWhole(reader, batch, report, announce, progress)
        : takeByPieces(reader, batch, report, announce, progress);
  }

  private IntakeReport takeByPieces(
      FeedReader reader,
      OpenBatch batch,
      Report report,
      AnnouncePieces announce,
      Consumer<IntakeProgress> progress)
      throws IOException {
    PieceWriter writer = writerOf(batch.delivery());
    CompletableFuture<Void> under = CompletableFuture.completedFuture(null);
    boolean more = true;
    while (more) {
      Piece piece = new Piece();
      try {
        more = read(reader, batch, piece, writer.lines());
      } catch (DeliveryRefused refused) {
        report.reject(refused.rejected());
        more = false;
      } catch (IOException broken) {
        // What was read and is under way is finished; the sender sends the batch again.
        join(under);
        throw broken;
      }
      join(under);
      tell(reader, report, progress);
      piece.rejected.forEach(report::reject);
      under = piece.lines.isEmpty() ? under : write(writer, batch, piece.lines, report, announce);
    }
    join(under);
    tell(reader, report, progress);
    return report.done();
  }

  private static void tell(FeedReader reader, Report report, Consumer<IntakeProgress> progress) {
    progress.accept(report.progress(reader.bytes()));
  }

  private CompletableFuture<Void> write(
      PieceWriter writer,
      OpenBatch batch,
      List<Drafted> lines,
      Report report,
      AnnouncePieces announce) {
    return announce
        .announce(announced(batch, lines))
        .chain(() -> preparedAgain(writer, batch, () -> attempt(writer, batch, lines, TRIES)))
        .invoke(report::add)
        .replaceWithVoid()
        .subscribeAsCompletionStage();
  }

  private static AnnouncePieces.Piece announced(OpenBatch batch, List<Drafted> lines) {
    ByteBuffer digests = ByteBuffer.allocate(lines.size() * 16);
    for (Drafted each : lines) {
      LineDigest digest = each.line().digest();
      digests.putLong(digest.id()).putLong(digest.content());
    }
    return new AnnouncePieces.Piece(batch.pieces() + 1, lines.size(), Digest.of(digests.array()));
  }

  /** Another request with the same batch may write the same piece at the same time: read again. */
  private Uni<PieceOutcome> attempt(
      PieceWriter writer, OpenBatch batch, List<Drafted> lines, int tries) {
    return writer
        .prepare(lines)
        .chain(() -> database.writing(session -> writeOne(session, writer, batch, lines)))
        .invoke(outcome -> batch.wrote(outcome.taken()))
        .onFailure(failure -> tries > 1 && SqlFailure.isUniqueViolation(failure))
        .recoverWithUni(
            () -> refreshed(batch).chain(() -> attempt(writer, batch, lines, tries - 1)));
  }

  /** A partition that was there may have been dropped since: it is made once more. */
  private <T> Uni<T> preparedAgain(
      PieceWriter writer, OpenBatch batch, Supplier<Uni<? extends T>> write) {
    return Uni.createFrom()
        .<T>deferred(write)
        .onFailure(SqlFailure::isCheckViolation)
        .recoverWithUni(() -> {
          writer.forget();
          return refreshed(batch).<T>chain(write);
        });
  }

  private static Uni<PieceOutcome> writeOne(
      StatelessSession session, PieceWriter writer, OpenBatch batch, List<Drafted> lines) {
    IntakeTally tally = new IntakeTally(batch.ledger());
    return writer
        .write(session, batch, lines, tally)
        .chain(() -> note(session, batch, tally.taken()))
        .map(noted -> new PieceOutcome(tally.taken(), tally.duplicates(), tally.rejected()));
  }

  private static Uni<Void> note(StatelessSession session, OpenBatch batch, List<LineDigest> taken) {
    if (taken.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    ByteBuffer digests = ByteBuffer.allocate(taken.size() * 16);
    taken.forEach(each -> digests.putLong(each.id()).putLong(each.content()));
    return Database.update(
            session,
            """
            insert into feed_piece (batch, piece, lines, digests, taken_at)
            values ($1, $2, $3, $4, $5)
            """,
            batch.number(),
            batch.pieces() + 1,
            taken.size(),
            Buffer.buffer(digests.array()),
            Database.time(batch.delivery().receivedAt()))
        .replaceWithVoid();
  }

  /** All lines are understood before the first is written, and all are written together. */
  private IntakeReport takeWhole(
      FeedReader reader,
      OpenBatch batch,
      Report report,
      AnnouncePieces announce,
      Consumer<IntakeProgress> progress)
      throws IOException {
    PieceWriter writer = writerOf(batch.delivery());
    Piece all = new Piece();
    try {
      if (read(reader, batch, all, MOST_WHOLE) && reader.next().isPresent()) {
        all.rejected.add(
            new RejectedLine(
                "", "batch", "A delivery that is taken whole has at most 20000 lines"));
      }
    } catch (DeliveryRefused refused) {
      all.rejected.add(refused.rejected());
    }
    tell(reader, report, progress);
    all.rejected.forEach(report::reject);
    all.lines.stream().map(Drafted::refusal).filter(Objects::nonNull).forEach(report::reject);
    if (report.rejected() > 0) {
      return report.refusedWhole();
    }
    try {
      join(
          announce
              .announce(announced(batch, all.lines))
              .chain(() ->
                  preparedAgain(
                      writer,
                      batch,
                      () ->
                          writer
                              .prepare(all.lines)
                              .chain(() ->
                                  database.writing(
                                      session -> writeAll(session, writer, batch, all.lines)))))
              .invoke(outcomes -> outcomes.forEach(report::add))
              .replaceWithVoid()
              .subscribeAsCompletionStage());
    } catch (WholeRefused refused) {
      refused.outcome.rejected().forEach(report::reject);
      return report.refusedWhole();
    }
    tell(reader, report, progress);
    return report.done();
  }

  private static Uni<List<PieceOutcome>> writeAll(
      StatelessSession session, PieceWriter writer, OpenBatch batch, List<Drafted> lines) {
    Uni<List<PieceOutcome>> written = Uni.createFrom().item(List.of());
    for (int from = 0; from < lines.size(); from += writer.lines()) {
      List<Drafted> piece = lines.subList(from, Math.min(from + writer.lines(), lines.size()));
      written =
          written.chain(before ->
              writeOne(session, writer, batch, piece)
                  .map(outcome -> {
                    if (!outcome.rejected().isEmpty()) {
                      throw new WholeRefused(outcome);
                    }
                    batch.wrote(outcome.taken());
                    List<PieceOutcome> all = new ArrayList<>(before);
                    all.add(outcome);
                    return all;
                  }));
    }
    return written;
  }

  /** Ends the transaction of a delivery that is taken whole or not at all. */
  private static final class WholeRefused extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient PieceOutcome outcome;

    WholeRefused(PieceOutcome outcome) {
      super("One line was refused, and so all", null, false, false);
      this.outcome = outcome;
    }
  }

  private PieceWriter writerOf(Delivery delivery) {
    return delivery.intake() == IntakeKind.QUALIFICATIONS ? people : records;
  }

  /** Lines as they were read and understood. */
  private static final class Piece {
    private final List<Drafted> lines = new ArrayList<>();
    private final List<RejectedLine> rejected = new ArrayList<>();
  }

  /** False when the delivery is at its end. */
  private boolean read(FeedReader reader, OpenBatch batch, Piece piece, int most)
      throws IOException, DeliveryRefused {
    Delivery delivery = batch.delivery();
    RecordRule rule =
        new RecordRule(
            catalogue, LocalDate.ofInstant(delivery.receivedAt(), TOKYO), delivery.intake());
    while (piece.lines.size() + piece.rejected.size() < most) {
      Optional<ReadLine> next = reader.next();
      if (next.isEmpty()) {
        return false;
      }
      switch (next.get()) {
        case RejectedLine rejected -> piece.rejected.add(rejected);
        case FeedLine line ->
            piece.lines.add(
                delivery.intake() == IntakeKind.QUALIFICATIONS
                    ? new Drafted(line, null, null)
                    : rule.draft(line));
      }
    }
    return true;
  }

  private OpenBatch.Ledger ledger(Delivery delivery) throws IOException {
    return await(openLedger(delivery));
  }

  private Uni<OpenBatch.Ledger> openLedger(Delivery delivery) {
    String sender = delivery.sender().digits();
    String intake = delivery.intake().word();
    String batch = delivery.batch().value();
    return database
        .change(
            """
            insert into feed_batch (sender, intake, batch, first_received_at)
            values ($1, $2, $3, $4)
            on conflict do nothing
            """,
            sender,
            intake,
            batch,
            Database.time(delivery.receivedAt()))
        .chain(() ->
            database.rows(
                row -> row.whole(0),
                "select number from feed_batch where sender = $1 and intake = $2 and batch = $3",
                sender,
                intake,
                batch))
        .chain(number -> readLedger(sender, batch, number.getFirst()));
  }

  private Uni<OpenBatch.Ledger> readLedger(String sender, String batch, int number) {
    return database
        .rows(
            row -> row.text(0),
            "select line from intake_line where sender = $1 and batch = $2",
            sender,
            batch)
        .chain(legacy ->
            database
                .rows(
                    row -> ByteBuffer.wrap(row.bytes(0)),
                    "select digests from feed_piece where batch = $1 order by piece",
                    number)
                .map(pieces -> {
                  LineLedger lines = new LineLedger(Set.copyOf(legacy));
                  for (ByteBuffer piece : pieces) {
                    while (piece.hasRemaining()) {
                      lines.add(new LineDigest(piece.getLong(), piece.getLong()));
                    }
                  }
                  return new OpenBatch.Ledger(number, pieces.size(), lines);
                }));
  }

  private Uni<Void> refreshed(OpenBatch batch) {
    return openLedger(batch.delivery()).invoke(batch::reopen).replaceWithVoid();
  }

  private static <T> T await(Uni<T> uni) throws IOException {
    return join(uni.subscribeAsCompletionStage());
  }

  private static <T> T join(CompletableFuture<T> future) throws IOException {
    try {
      return future.get();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("The intake was stopped");
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IOException(failed.getCause());
    }
  }

  /** Counts, and keeps the first rejects. */
  private static final class Report {
    private final BatchId batch;
    private final List<RejectedLine> listed = new ArrayList<>();
    private int accepted;
    private int duplicates;
    private int rejected;

    Report(BatchId batch) {
      this.batch = batch;
    }

    synchronized void add(PieceOutcome outcome) {
      accepted += outcome.taken().size();
      duplicates += outcome.duplicates();
      outcome.rejected().forEach(this::reject);
    }

    synchronized void reject(RejectedLine line) {
      rejected++;
      if (listed.size() < IntakeReport.MOST_LISTED) {
        listed.add(line);
      }
    }

    synchronized int rejected() {
      return rejected;
    }

    synchronized IntakeProgress progress(long bytes) {
      return new IntakeProgress(bytes, accepted, duplicates, rejected);
    }

    synchronized IntakeReport done() {
      return new IntakeReport(batch, accepted, duplicates, listed, rejected, false);
    }

    synchronized IntakeReport refusedWhole() {
      return new IntakeReport(batch, 0, 0, listed, rejected, true);
    }
  }
}
