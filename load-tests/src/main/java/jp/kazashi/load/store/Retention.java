package jp.kazashi.load.store;

import io.smallrye.mutiny.Uni;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import jp.kazashi.load.Latencies;
import jp.kazashi.qualification.store.reactive.RetentionInDatabase;

/**
 * Drops what expires on the day on which the oldest partition of medications does, while people are
 * being read, and watches the locks from aside.
 */
final class Retention {
  private final BenchDatabase database;
  private final Medications readers;

  Retention(BenchDatabase database, Medications readers) {
    this.database = database;
    this.readers = readers;
  }

  /**
   * What was seen.
   *
   * @param locks mode and relation of every lock that excludes others, as sampled
   * @param sequentialScans of partitioned records while it went on
   */
  record Seen(
      LocalDate day,
      List<String> dropped,
      long rowsDropped,
      double millis,
      Set<String> locks,
      long lockMillis,
      double slowestRead,
      double usualP99,
      long sequentialScans) {}

  Seen drop() throws SQLException, InterruptedException {
    LocalDate day = dayTheOldestExpires();
    long rows = rowsBefore(day.minusYears(5));
    Latencies usual = new Latencies();
    readers.read(4, 3, usual);
    Map<String, Long> scans = sequentialScans();
    Latencies during = new Latencies();
    CompletableFuture<Double> reading =
        CompletableFuture.supplyAsync(() -> readers.read(4, 4, during));
    try (Sampler sampler = Sampler.start(database)) {
      long begun = System.nanoTime();
      List<String> dropped =
          new RetentionInDatabase(database.sessions())
              .on(day, announced -> Uni.createFrom().voidItem())
              .await()
              .indefinitely();
      double millis = (System.nanoTime() - begun) / 1e6;
      reading.join();
      return new Seen(
          day,
          dropped,
          rows,
          millis,
          sampler.locks(),
          sampler.millis(),
          during.percentileMillis(100),
          usual.percentileMillis(99),
          more(scans, sequentialScans()));
    }
  }

  private LocalDate dayTheOldestExpires() throws SQLException {
    try (Connection owner = database.asOwner();
        PreparedStatement statement =
            owner.prepareStatement(
                "SELECT min(next) FROM stored_partition WHERE parent = 'medication'");
        ResultSet result = statement.executeQuery()) {
      result.next();
      return result.getObject(1, LocalDate.class).plusYears(5);
    }
  }

  private long rowsBefore(LocalDate day) throws SQLException {
    return database.number(
        "SELECT coalesce(sum(reltuples), 0)::bigint FROM pg_class WHERE relname IN (SELECT child FROM stored_partition WHERE parent IN ('medication', 'care', 'surgery', 'checkup') AND next <= '%s')"
            .formatted(day));
  }

  private Map<String, Long> sequentialScans() throws SQLException {
    Map<String, Long> scans = new HashMap<>();
    try (Connection owner = database.asOwner();
        PreparedStatement statement =
            owner.prepareStatement(
                "SELECT relname, seq_scan FROM pg_stat_user_tables WHERE relname ~"
                    + " '^(medication|care|surgery|checkup)_'");
        ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        scans.put(result.getString(1), result.getLong(2));
      }
    }
    return scans;
  }

  /** Of what is still there. */
  private static long more(Map<String, Long> before, Map<String, Long> after) {
    return after.entrySet().stream()
        .mapToLong(table -> table.getValue() - before.getOrDefault(table.getKey(), 0L))
        .sum();
  }

  /** Asks every millisecond which strong locks are held or waited for. */
  private static final class Sampler implements AutoCloseable {
    private static final String LOCKS =
        """
        SELECT DISTINCT mode || ' on ' || c.relname || CASE WHEN granted THEN '' ELSE ' (waiting)' END
        FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
        WHERE c.relname ~ '^(medication|care|surgery|checkup)' AND c.relkind IN ('r', 'p')
          AND mode IN ('ShareUpdateExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')
        """;

    private final AtomicBoolean going = new AtomicBoolean(true);
    private final Set<String> locks = new TreeSet<>();
    private final Connection connection;
    private final Thread thread;
    private long samplesWithLocks;
    private long first;
    private long last;

    private Sampler(Connection connection) {
      this.connection = connection;
      this.thread = Thread.ofPlatform().name("locks").unstarted(this::sample);
    }

    static Sampler start(BenchDatabase database) throws SQLException {
      Sampler sampler = new Sampler(database.asOwner());
      sampler.thread.start();
      return sampler;
    }

    private void sample() {
      try (PreparedStatement statement = connection.prepareStatement(LOCKS)) {
        while (going.get()) {
          try (ResultSet result = statement.executeQuery()) {
            boolean any = false;
            while (result.next()) {
              any = true;
              locks.add(result.getString(1));
            }
            if (any) {
              samplesWithLocks++;
              last = System.nanoTime();
              first = first == 0 ? last : first;
            }
          }
        }
      } catch (SQLException closed) {
        // The bench is over.
      }
    }

    Set<String> locks() throws InterruptedException {
      going.set(false);
      thread.join();
      return locks;
    }

    /** From the first sample that saw one to the last. */
    long millis() {
      return samplesWithLocks == 0 ? 0 : (last - first) / 1_000_000;
    }

    @Override
    public void close() throws SQLException {
      going.set(false);
      connection.close();
    }
  }
}
