package jp.kazashi.qualification.store.reactive;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import jp.kazashi.qualification.audit.Digest;
import jp.kazashi.qualification.coverage.CoverageHistory;
import jp.kazashi.qualification.coverage.PersonCoverage;
import jp.kazashi.qualification.intake.FeedLine;
import jp.kazashi.qualification.intake.Intake;
import jp.kazashi.qualification.intake.KnownPeople;
import jp.kazashi.qualification.store.IntakeBatch;
import jp.kazashi.qualification.store.IntakeReport;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;
import org.jspecify.annotations.Nullable;

/**
 * Takes in a batch piece by piece. Each piece is gathered, judged and written in one transaction
 * together with the ids of its lines: a crash leaves whole pieces, and the same batch sent again
 * goes on where it ended.
 */
final class Feed<L extends FeedLine, C> {
  private static final int PIECE = 500;

  private final Database database;
  private final String name;
  private final Judge<L, C> judge;
  private final Write<C> write;

  /**
   * @param name feeds of one name wait for each other, so that what a piece was judged by is still
   *     so when it is written
   */
  Feed(Database database, String name, Judge<L, C> judge, Write<C> write) {
    this.database = database;
    this.name = name;
    this.judge = judge;
    this.write = write;
  }

  interface Judge<L extends FeedLine, C> {
    Uni<Intake<C>> judge(
        StatelessSession session,
        IntakeBatch batch,
        List<L> lines,
        Map<String, Digest> takenBefore,
        KnownPeople known);
  }

  interface Write<C> {
    Uni<Void> write(StatelessSession session, List<C> changes);
  }

  Uni<IntakeReport> take(IntakeBatch batch, List<L> lines) {
    Uni<IntakeReport> report = Uni.createFrom().item(IntakeReport.nothing(batch.id()));
    for (int from = 0; from < lines.size(); from += PIECE) {
      List<L> piece = lines.subList(from, Math.min(from + PIECE, lines.size()));
      report =
          report.chain(before ->
              database.writing(session -> takePiece(session, batch, piece)).map(before::and));
    }
    return report;
  }

  private Uni<IntakeReport> takePiece(StatelessSession session, IntakeBatch batch, List<L> piece) {
    return waitForOthers(session)
        .chain(() -> noteBatch(session, batch))
        .chain(() -> takenBefore(session, batch, piece))
        .chain(taken ->
            known(session, piece).chain(known -> judge.judge(session, batch, piece, taken, known)))
        .chain(intake ->
            write
                .write(session, intake.changes())
                .chain(() -> noteLines(session, batch, intake.taken()))
                .replaceWith(
                    new IntakeReport(
                        batch.id(), intake.accepted(), intake.duplicates(), intake.rejected())));
  }

  private Uni<Void> waitForOthers(StatelessSession session) {
    return Database.select(
            session,
            "select 1 from pg_advisory_xact_lock(hashtextextended($1, 0))",
            "kazashi feed " + name)
        .replaceWithVoid();
  }

  private static Uni<Void> noteBatch(StatelessSession session, IntakeBatch batch) {
    return session
        .createNativeQuery(
            """
            insert into intake_batch (sender, batch, first_received_at) values (?1, ?2, ?3)
            on conflict do nothing
            """)
        .setParameter(1, batch.sender().digits())
        .setParameter(2, batch.id().value())
        .setParameter(3, batch.receivedAt())
        .executeUpdate()
        .replaceWithVoid();
  }

  private Uni<Map<String, Digest>> takenBefore(
      StatelessSession session, IntakeBatch batch, List<L> piece) {
    return session
        .createSelectionQuery(
            """
            from IntakeLineRow i
            where i.sender = :sender and i.batch = :batch and i.line in :lines
            """,
            IntakeLineRow.class)
        .setParameter("sender", batch.sender().digits())
        .setParameter("batch", batch.id().value())
        .setParameter("lines", distinct(piece, FeedLine::line))
        .getResultList()
        .map(rows ->
            rows.stream()
                .collect(Collectors.toMap(row -> row.line, row -> Digest.fromBytes(row.digest))));
  }

  private Uni<KnownPeople> known(StatelessSession session, List<L> piece) {
    return session
        .createSelectionQuery(
            """
            select p, q from PersonRow p left join QualificationRow q on q.personId = p.id
            where p.code in :codes
            """,
            KnownRow.class)
        .setParameter("codes", distinct(piece, FeedLine::personCode))
        .getResultList()
        .map(Feed::knownPeople);
  }

  record KnownRow(PersonRow person, @Nullable QualificationRow qualification) {}

  private static KnownPeople knownPeople(List<KnownRow> rows) {
    Map<UUID, List<KnownRow>> byPerson =
        rows.stream().collect(Collectors.groupingBy(row -> row.person.id));
    return new KnownPeople(
        byPerson.values().stream()
            .map(Feed::coverage)
            .collect(Collectors.toMap(each -> each.person().code(), Function.identity())));
  }

  private static PersonCoverage coverage(List<KnownRow> rows) {
    return new PersonCoverage(
        rows.getFirst().person.person(List.of()),
        new CoverageHistory(
            rows.stream()
                .map(KnownRow::qualification)
                .filter(Objects::nonNull)
                .map(QualificationRow::qualification)
                .toList()));
  }

  private static Uni<Void> noteLines(
      StatelessSession session, IntakeBatch batch, Map<String, Digest> taken) {
    List<IntakeLineRow> rows = new ArrayList<>();
    taken.forEach((line, digest) -> {
      IntakeLineRow row = new IntakeLineRow();
      row.sender = batch.sender().digits();
      row.batch = batch.id().value();
      row.line = line;
      row.digest = digest.bytes();
      row.takenAt = batch.receivedAt();
      rows.add(row);
    });
    return Database.insertAll(session, rows);
  }

  /** What no line can rightly have is not asked for; the judge refuses it. */
  private static <L extends FeedLine> Set<String> distinct(
      List<L> piece, Function<L, @Nullable String> field) {
    Set<String> distinct = new LinkedHashSet<>();
    for (L line : piece) {
      String value = field.apply(line);
      if (value != null && value.length() <= 200 && value.indexOf('\0') < 0) {
        distinct.add(value);
      }
    }
    // An empty list is not SQL everywhere; no line and no person is called nothing.
    distinct.add("");
    return distinct;
  }
}
