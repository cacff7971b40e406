package jp.kazashi.qualification.store.reactive;

import static jp.kazashi.qualification.store.reactive.Counter.claims;
import static jp.kazashi.qualification.store.reactive.Counter.drug;
import static jp.kazashi.qualification.store.reactive.Counter.insured;
import static jp.kazashi.qualification.store.reactive.Counter.listOf;
import static jp.kazashi.qualification.store.reactive.Counter.people;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Random;
import jp.kazashi.qualification.store.IntakeReport;
import jp.kazashi.qualification.store.reactive.RealDatabase.Running;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The process that takes in a batch is killed again and again, and nothing is taken in twice. */
@ExtendWith(RealDatabase.class)
class KilledIntakeTest {
  private static final int LINES = 24_000;
  private static final long SEED = 20_261_120;
  private static final String PIECES =
      "from feed_piece p join feed_batch b on b.number = p.batch"
          + " where b.batch = 'killed' and b.intake = 'claims'";

  private final Running database;

  KilledIntakeTest(Running database) {
    this.database = database;
  }

  @Test
  void aBatchKilledAtRandomPointsIsTakenInOnceWhenItIsSentAgain(@TempDir Path folder)
      throws Exception {
    database.take(
        people("killed"),
        listOf(100, at -> insured("L" + at, "P-killed-" + at, "2020-04-01", null)));
    Path feed = folder.resolve("claims.ndjson");
    Files.write(
        feed, listOf(LINES, at -> drug("L" + at, "P-killed-" + at % 100, "2026-09", "2026-09-03")));
    Random random = new Random(SEED);

    for (int kill = 0; kill < 3; kill++) {
      killAfter(feed, 1 + random.nextInt(4), random.nextInt(3_000_000));
    }
    long before = medications();
    try (Connection connection = database.asApplication()) {
      assertThat(one(connection, "select coalesce(sum(lines), 0) " + PIECES)).isEqualTo(before);
    }
    IntakeReport report;
    try (InputStream body = Files.newInputStream(feed)) {
      report = database.intake().take(claims("killed"), body, progress -> {});
    }

    assertThat(before).isBetween(1L, LINES - 1L);
    assertThat(report.accepted()).isEqualTo((int) (LINES - before));
    assertThat(report.duplicates()).isEqualTo((int) before);
    assertThat(report.rejectedLines()).isZero();
    assertThat(medications()).isEqualTo(LINES);
  }

  /** Kills it somewhere inside the piece after the one told of last. */
  private void killAfter(Path feed, int pieces, int busy) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                IntakeProcess.class.getName(),
                database.server().appUrl(),
                feed.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader told = process.inputReader()) {
      int seen = 0;
      for (String line = told.readLine(); line != null; line = told.readLine()) {
        seen += line.startsWith("piece") ? 1 : 0;
        if (seen >= pieces) {
          break;
        }
      }
      for (int turn = 0; turn < busy; turn++) {
        Thread.onSpinWait();
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private long medications() throws SQLException {
    try (Connection connection = database.asApplication()) {
      return one(
          connection,
          "select count(*) from medication m join person p on p.id = m.person_id"
              + " where p.code like 'P-killed-%'");
    }
  }

  private static long one(Connection connection, String sql) throws SQLException {
    try (ResultSet result = connection.createStatement().executeQuery(sql)) {
      result.next();
      return result.getLong(1);
    }
  }
}
