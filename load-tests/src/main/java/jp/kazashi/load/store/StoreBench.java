package jp.kazashi.load.store;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jp.kazashi.load.Latencies;
import jp.kazashi.load.Report;
import jp.kazashi.simulator.population.Population;
import jp.kazashi.simulator.world.EmbeddedPrograms;

/**
 * Loads a small population and a large one, each into a server of its own, and reads both. Two ways
 * of the same, and two sizes, are taken in turns in one run: a machine that is slower for a while
 * is slower for both.
 */
public final class StoreBench {
  private static final int TURNS = 5;
  private static final int GROWTH_TURNS = 20;

  /** As many as there are connections, for what can be done; few, for how long one waits. */
  private static final int LINES = BenchDatabase.CONNECTIONS;

  private static final int FEW_LINES = 2;
  private static final long SEED = 1;

  private final Scale scale;
  private final Instant now;
  private final LocalDate today;
  private final Path folder;
  private final PrintWriter out;

  public record Scale(int base, int people, int seconds, boolean copyAll) {}

  /** What was measured at one size. */
  private record Reads(
      double storeRate,
      double handRate,
      double ratio,
      double storeCpuMicros,
      double handCpuMicros,
      Latencies store,
      Latencies hand,
      Latencies medications,
      double medicationRate,
      double recordsPerRead) {}

  public StoreBench(Scale scale, Instant now, Path folder, PrintWriter out) {
    this.scale = scale;
    this.now = now;
    this.today = now.atZone(ZoneId.of("Asia/Tokyo")).toLocalDate();
    this.folder = folder;
    this.out = out;
  }

  /**
   * Puts all that was found into the report.
   *
   * @param keep whether the database is left for a look or another run
   */
  public void run(Report report, boolean keep) throws IOException, InterruptedException {
    Path data = folder.resolve("postgres");
    Path smallData = folder.resolve("postgres-small");
    EmbeddedPrograms.delete(data);
    EmbeddedPrograms.delete(smallData);
    Files.createDirectories(folder);
    report.put("people", scale.people());
    report.put("base", scale.base());
    report.put("cores", Runtime.getRuntime().availableProcessors());
    try (BenchDatabase small = BenchDatabase.start(smallData, scale.people());
        BenchDatabase large = BenchDatabase.start(data, scale.people())) {
      measure(small, large, report);
    } catch (SQLException failed) {
      throw new IOException(failed);
    } finally {
      if (!keep) {
        EmbeddedPrograms.delete(data);
        EmbeddedPrograms.delete(smallData);
      }
    }
  }

  private void measure(BenchDatabase small, BenchDatabase large, Report report)
      throws IOException, InterruptedException, SQLException {
    Population population = new Population(SEED, scale.people(), today);
    int baseTowns = Math.min(new Population(SEED, scale.base(), today).towns(), population.towns());
    int few = Math.min(baseTowns * 1024, scale.people());
    double[] floor = load("COPY", baseTowns, new CopyLoad(small, population)::load, 0);
    report.measure("bulk load by COPY, two lines (floor)", floor[1], "records/s");
    makeReady(small, few);
    Reads _ = reads(small, few);
    CopyLoad copy = new CopyLoad(large, population);
    if (scale.copyAll() || population.towns() == baseTowns) {
      load("COPY", population.towns(), copy::load, 0);
    } else {
      load("COPY", baseTowns, copy::load, 0);
      IntakeLoad intake = new IntakeLoad(large, population, now);
      double[] load = load("the intake", population.towns() - baseTowns, intake::load, baseTowns);
      report.measure("records taken in", load[0], "records");
      report.measure(
          "bulk load through the intake", load[1], "records/s", "40000 or more", load[1] >= 40_000);
      report.measure("bulk load, intake over COPY", load[1] / floor[1], "");
    }
    makeReady(large, scale.people());
    Reads atScale = reads(large, scale.people());
    report(report, atScale, growth(small, few, large));
    size(large, report);
    retention(large, report);
  }

  private void makeReady(BenchDatabase database, int people) throws SQLException {
    say("Reading at %,d people, of whom everybody was read before", people);
    database.linkEverybody();
    database.settle();
    database.readEverybodyOnce();
  }

  // ---------------------------------------------------------------- load

  private interface Loading {
    long load(int firstTown, int towns, CopyLoad.Told told)
        throws IOException, InterruptedException;
  }

  /** Returns the records and how many a second. */
  private double[] load(String by, int towns, Loading loading, int first)
      throws IOException, InterruptedException {
    long begun = System.nanoTime();
    long[] told = {begun};
    long records =
        loading.load(
            first,
            towns,
            (people, written) -> {
              synchronized (told) {
                long at = System.nanoTime();
                if (at - told[0] > 5_000_000_000L) {
                  told[0] = at;
                  say(
                      "  %,d people, %,d records, %,.0f records/s",
                      people, written, written / ((at - begun) / 1e9));
                }
              }
            });
    double seconds = (System.nanoTime() - begun) / 1e9;
    say(
        "Loaded %,d records by %s in %.1f s: %,.0f records/s",
        records, by, seconds, records / seconds);
    return new double[] {(double) records, records / seconds};
  }

  // ---------------------------------------------------------------- reads

  private Reads reads(BenchDatabase database, int people) throws SQLException {
    HotRead hot = new HotRead(database, people, SEED);
    // Long enough for the compiler: a cold path is slower several times over.
    double warm = Math.max(8, scale.seconds() / 2.0);
    hot.throughStore(LINES, warm, new Latencies());
    hot.byHand(LINES, warm, new Latencies());
    Latencies store = new Latencies();
    Latencies hand = new Latencies();
    double[] ratios = new double[TURNS];
    double storeRate = 0;
    double handRate = 0;
    double storeCpu = 0;
    double handCpu = 0;
    for (int turn = 0; turn < TURNS; turn++) {
      double seconds = (double) scale.seconds() / TURNS;
      long before = cpuNanos();
      double throughStore = hot.throughStore(LINES, seconds, new Latencies());
      long between = cpuNanos();
      double byHand = hot.byHand(LINES, seconds, new Latencies());
      storeCpu += (between - before) / (throughStore * seconds);
      handCpu += (cpuNanos() - between) / (byHand * seconds);
      hot.throughStore(FEW_LINES, seconds, store);
      hot.byHand(FEW_LINES, seconds, hand);
      ratios[turn] = throughStore / byHand;
      storeRate += throughStore / TURNS;
      handRate += byHand / TURNS;
    }
    Arrays.sort(ratios);
    Medications records = new Medications(database, today, people, SEED);
    records.read(LINES, warm, new Latencies());
    Latencies medications = new Latencies();
    double medicationRate = records.read(LINES, scale.seconds() / 2.0, new Latencies());
    records.read(FEW_LINES, scale.seconds(), medications);
    say(
        "  store %,.0f/s, by hand %,.0f/s, ratio %.2f; p99 %.2f ms; medications p99 %.2f ms",
        storeRate,
        handRate,
        ratios[TURNS / 2],
        store.percentileMillis(99),
        medications.percentileMillis(99));
    return new Reads(
        storeRate,
        handRate,
        ratios[TURNS / 2],
        storeCpu / 1e3 / TURNS,
        handCpu / 1e3 / TURNS,
        store,
        hand,
        medications,
        medicationRate,
        (double) records.records() / medications.count());
  }

  /** How long the slowest hundredth of hot reads takes, of few people and of all. */
  private record Growth(int few, double smallMillis, double largeMillis) {
    double ratio() {
      return largeMillis / smallMillis;
    }
  }

  /** In many turns: one alone tells more of the moment than of the size. */
  private Growth growth(BenchDatabase small, int few, BenchDatabase large) {
    HotRead ofFew = new HotRead(small, few, SEED);
    HotRead ofAll = new HotRead(large, scale.people(), SEED);
    double seconds = (double) scale.seconds() / TURNS;
    ofFew.throughStore(FEW_LINES, seconds, new Latencies());
    ofAll.throughStore(FEW_LINES, seconds, new Latencies());
    Latencies smallTimes = new Latencies();
    Latencies largeTimes = new Latencies();
    for (int turn = 0; turn < GROWTH_TURNS; turn++) {
      // Neither is always the one that follows the other.
      if (turn % 2 == 0) {
        ofFew.throughStore(FEW_LINES, seconds, smallTimes);
        ofAll.throughStore(FEW_LINES, seconds, largeTimes);
      } else {
        ofAll.throughStore(FEW_LINES, seconds, largeTimes);
        ofFew.throughStore(FEW_LINES, seconds, smallTimes);
      }
    }
    return new Growth(few, smallTimes.percentileMillis(99), largeTimes.percentileMillis(99));
  }

  private void report(Report report, Reads atScale, Growth growth) {
    String at = String.format(Locale.ROOT, " at %,d people", scale.people());
    report.put("offered", "closed loop: rates with " + LINES + " lines, times with " + FEW_LINES);
    report.put("achieved", Math.round(atScale.storeRate()));
    report.put("p50", atScale.store().percentileMillis(50));
    report.put("p90", atScale.store().percentileMillis(90));
    report.put("p99", atScale.store().percentileMillis(99));
    report.put("p999", atScale.store().percentileMillis(99.9));
    report.put("errors", 0);
    report.put("ratioToFloor", atScale.ratio());
    report.measure("hot read through the store" + at, atScale.storeRate(), "reads/s");
    report.measure("hot read by hand, same SQL and pool" + at, atScale.handRate(), "reads/s");
    report.measure("own CPU of a hot read through the store", atScale.storeCpuMicros(), "µs");
    report.measure("own CPU of a hot read by hand", atScale.handCpuMicros(), "µs");
    report.measure(
        "hot read, store over hand", atScale.ratio(), "", "0.8 or more", atScale.ratio() >= 0.8);
    report.measure(
        String.format(Locale.ROOT, "hot read p99 at %,d people, in turns with all", growth.few()),
        growth.smallMillis(),
        "ms");
    report.measure("hot read p99 of all, in turns with those", growth.largeMillis(), "ms");
    report.measure(
        "hot read p99, large over small", growth.ratio(), "", "1.3 or less", growth.ratio() <= 1.3);
    double medications = atScale.medications().percentileMillis(99);
    report.measure(
        "five years of medications, p99, warm" + at,
        medications,
        "ms",
        "10 or less",
        medications <= 10);
    report.measure("medications of one read, mean", atScale.recordsPerRead(), "records");
    report.measure("reads of medications" + at, atScale.medicationRate(), "reads/s");
    Map<String, Double> bars = new LinkedHashMap<>();
    bars.put("store p50", atScale.store().percentileMillis(50));
    bars.put("store p99", atScale.store().percentileMillis(99));
    bars.put("hand p50", atScale.hand().percentileMillis(50));
    bars.put("hand p99", atScale.hand().percentileMillis(99));
    bars.put("medications p50", atScale.medications().percentileMillis(50));
    bars.put("medications p99", medications);
    report.put("latency", new Report.Chart("ms", bars));
  }

  private static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  // ---------------------------------------------------------------- size and retention

  private void size(BenchDatabase database, Report report) throws SQLException {
    long bytes = database.number("SELECT pg_database_size(current_database())");
    report.measure("database", bytes / 1e6, "MB");
    report.measure("database, of one person", (double) bytes / scale.people(), "bytes");
    Map<String, Double> bars = new LinkedHashMap<>();
    for (String table :
        List.of(
            "person", "holder_link", "qualification", "medication", "care", "surgery", "checkup")) {
      long size =
          database.number(
              "SELECT coalesce(sum(pg_total_relation_size(oid)), 0)::bigint FROM pg_class WHERE relkind = 'r' AND relname ~ '^%s(_[0-9]+)?$'"
                  .formatted(table));
      bars.put(table, size / 1e6);
    }
    report.put("size", new Report.Chart("MB", bars));
  }

  private void retention(BenchDatabase database, Report report)
      throws SQLException, InterruptedException {
    Retention.Seen seen =
        new Retention(database, new Medications(database, today, scale.people(), SEED)).drop();
    say(
        "Retention on %s dropped %s (%,d rows) in %.0f ms; locks %s",
        seen.day(), seen.dropped(), seen.rowsDropped(), seen.millis(), seen.locks());
    report.put("retentionLocks", List.copyOf(seen.locks()));
    report.put("retentionDropped", seen.dropped());
    report.measure(
        "retention of one expired partition",
        seen.millis(),
        "ms",
        "5000 or less",
        seen.millis() <= 5000);
    report.measure("rows it dropped", (double) seen.rowsDropped(), "rows");
    report.measure("strong locks were seen for", (double) seen.lockMillis(), "ms");
    report.measure("slowest read meanwhile", seen.slowestRead(), "ms");
    report.measure(
        "sequential scans meanwhile",
        (double) seen.sequentialScans(),
        "scans",
        "0",
        seen.sequentialScans() == 0);
  }

  // Without Error Prone's annotations, which are no dependency here.
  @SuppressWarnings("AnnotateFormatMethod")
  private void say(String text, Object... values) {
    out.println(String.format(Locale.ROOT, text, values));
    out.flush();
  }
}
