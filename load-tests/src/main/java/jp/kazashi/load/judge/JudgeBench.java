package jp.kazashi.load.judge;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./kazashi bench judge}: verdicts a second on one core, and what each allocates. */
@Command(
    name = "judge",
    mixinStandardHelpOptions = true,
    description = {
      "Verdicts per second on one core with warm evidence, beside the two RSA-2048 verifications",
      "a verdict cannot do without. Targets are shown, not asserted."
    })
public final class JudgeBench implements Callable<Integer> {
  private static final String FLOOR = "twoVerifications";
  private static final String TARGETED = "byList";
  private static final double TARGET = 12_000;
  private static final double LEAST_RATIO = 0.75;
  // A verdict runs through so much code that the compiler is done with it only then.
  private static final int WARM_UP_SECONDS = 12;

  @Spec CommandSpec spec;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "of each measurement (${DEFAULT-VALUE})")
  int seconds = 3;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "of all measurements; the median counts (${DEFAULT-VALUE})")
  int rounds = 3;

  @Override
  public Integer call() throws IOException, RunnerException {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "Measuring on one core, about %d s.%n", rounds * 3 * (WARM_UP_SECONDS + seconds + 1));
    out.flush();
    List<Map<String, Measured>> all = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      all.add(measured());
    }
    Map<String, Measured> median = new LinkedHashMap<>();
    for (String name : List.of(FLOOR, TARGETED, "byResponder")) {
      Measured one = median(all, name);
      median.put(name, one);
      out.printf(
          Locale.ROOT,
          "%-18s %,10.0f /s  %5.2f of the floor  %,8.0f octets each%n",
          name,
          one.perSecond(),
          one.ofFloor(),
          one.octets());
    }
    Measured targeted = requireNonNull(median.get(TARGETED));
    boolean reached = targeted.perSecond() >= TARGET || targeted.ofFloor() >= LEAST_RATIO;
    out.printf(
        Locale.ROOT,
        "Target %,.0f /s or %.2f of the floor: %s%n",
        TARGET,
        LEAST_RATIO,
        reached ? "reached" : "NOT reached");
    out.println(write(median, targeted));
    out.flush();
    return 0;
  }

  /** A rate, its ratio to the floor of the same round, and what one turn allocates. */
  private record Measured(double perSecond, double ofFloor, double octets) {}

  // Rounds are whole, so that what else the machine does falls on floor and verdict alike.
  private Map<String, Measured> measured() throws RunnerException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(VerdictBenchmark.class.getName() + ".*")
                    .forks(1)
                    .threads(1)
                    .warmupIterations(1)
                    .warmupTime(TimeValue.seconds(WARM_UP_SECONDS))
                    .measurementIterations(1)
                    .measurementTime(TimeValue.seconds(seconds))
                    .addProfiler(GCProfiler.class)
                    .jvmArgsAppend(
                        "-XX:+UseSerialGC", "-Xmx512m", "--sun-misc-unsafe-memory-access=allow")
                    .verbosity(VerboseMode.SILENT)
                    .shouldFailOnError(true)
                    .build())
            .run();
    Map<String, RunResult> byName = new HashMap<>();
    results.forEach(result -> byName.put(result.getPrimaryResult().getLabel(), result));
    double floor = requireNonNull(byName.get(FLOOR)).getPrimaryResult().getScore();
    Map<String, Measured> measured = new HashMap<>();
    byName.forEach((name, result) -> {
      double rate = result.getPrimaryResult().getScore();
      measured.put(name, new Measured(rate, rate / floor, octets(result)));
    });
    return measured;
  }

  private static double octets(RunResult result) {
    return requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm")).getScore();
  }

  /** The round in the middle, by the ratio. */
  private static Measured median(List<Map<String, Measured>> rounds, String name) {
    List<Measured> sorted =
        rounds.stream()
            .map(round -> requireNonNull(round.get(name)))
            .sorted(
                Comparator.comparingDouble(Measured::ofFloor)
                    .thenComparingDouble(Measured::perSecond))
            .toList();
    return sorted.get(sorted.size() / 2);
  }

  private static Path write(Map<String, Measured> measured, Measured targeted) throws IOException {
    String home = System.getenv().getOrDefault("KAZASHI_HOME", ".kazashi");
    Path folder = Files.createDirectories(Path.of(home).toAbsolutePath().resolve("bench"));
    StringBuilder json = new StringBuilder("{\n  \"scenario\": \"judge\",\n");
    json.append("  \"errors\": 0,\n");
    measured.forEach((name, one) ->
        json.append(
            String.format(
                Locale.ROOT,
                "  \"%s\": {\"achieved\": %.0f, \"octetsEach\": %.0f},\n",
                name,
                one.perSecond(),
                one.octets())));
    json.append(
        String.format(
            Locale.ROOT,
            "  \"achieved\": %.0f,\n  \"ratioToFloor\": %.3f\n}\n",
            targeted.perSecond(),
            targeted.ofFloor()));
    Path part = Files.writeString(folder.resolve("latest.json.part"), json);
    return Files.move(part, folder.resolve("latest.json"), StandardCopyOption.REPLACE_EXISTING);
  }
}
