package jp.kazashi.load.store;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import jp.kazashi.load.Latencies;
import jp.kazashi.qualification.coverage.CoverageHistory;
import jp.kazashi.qualification.holder.HolderLink;
import jp.kazashi.qualification.store.FindCoverage;
import jp.kazashi.qualification.store.HolderCoverage;
import jp.kazashi.qualification.store.reactive.CoverageInDatabase;

/**
 * The hot read of a check, for people drawn at random: through the store (Hibernate Reactive) and
 * by hand with the SQL that the store sent, through the same pool. The hand reads every column of
 * every row; it does not make the store's values of them, so its side of the ratio is the harder
 * one.
 */
final class HotRead {
  private final BenchDatabase database;
  private final FindCoverage store;
  private final int people;
  private final SplittableRandom random;
  private final String sql;

  HotRead(BenchDatabase database, int people, long seed) {
    this.database = database;
    this.people = people;
    this.random = new SplittableRandom(seed);
    this.store = new CoverageInDatabase(database.sessions());
    checkOne();
    this.sql = database.lastSql();
  }

  String sql() {
    return sql;
  }

  /** One call after the other on several lines at once; returns calls a second. */
  double throughStore(int lines, double seconds, Latencies latencies) {
    return run(
        lines,
        seconds,
        latencies,
        () -> {
          CompletableFuture<Integer> answered = new CompletableFuture<>();
          store
              .byHolder(new HolderLink(BenchDatabase.holder(anyone())))
              .map(HotRead::mustBeLinked)
              .subscribe()
              .with(answered::complete, answered::completeExceptionally);
          return answered;
        });
  }

  double byHand(int lines, double seconds, Latencies latencies) {
    return run(
        lines,
        seconds,
        latencies,
        () ->
            database
                .pool()
                .preparedQuery(sql)
                .execute(Tuple.of(BenchDatabase.holder(anyone())))
                .map(HotRead::readWhole)
                .toCompletionStage());
  }

  private double run(
      int lines, double seconds, Latencies latencies, Supplier<CompletionStage<Integer>> call) {
    return ClosedLoop.run(database.vertx(), lines, seconds, latencies, call);
  }

  private int anyone() {
    synchronized (random) {
      return random.nextInt(people);
    }
  }

  private void checkOne() {
    HolderCoverage coverage =
        store.byHolder(new HolderLink(BenchDatabase.holder(0))).await().indefinitely();
    mustBeLinked(coverage);
  }

  private static int mustBeLinked(HolderCoverage coverage) {
    return switch (coverage) {
      case HolderCoverage.Linked linked -> size(linked.history());
      case HolderCoverage.LinkEnded ended ->
          throw new IllegalStateException("A link of the bench has ended: " + ended);
      case HolderCoverage.NotLinked() -> throw new IllegalStateException("Nobody is linked");
    };
  }

  private static int size(CoverageHistory history) {
    if (history.qualifications().isEmpty()) {
      throw new IllegalStateException("A person of the bench has no qualification");
    }
    return history.qualifications().size();
  }

  /** Every value of every row, in the types the columns have. */
  private static int readWhole(RowSet<Row> rows) {
    int values = 0;
    List<Object[]> read = new ArrayList<>(rows.size());
    for (Row row : rows) {
      Object[] cells = new Object[row.size()];
      for (int at = 0; at < cells.length; at++) {
        cells[at] = row.getValue(at);
        values += cells[at] == null ? 0 : 1;
      }
      read.add(cells);
    }
    if (read.isEmpty()) {
      throw new IllegalStateException("Nobody is linked");
    }
    return values;
  }
}
