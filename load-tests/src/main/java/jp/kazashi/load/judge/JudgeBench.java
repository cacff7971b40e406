package jp.kazashi.load.judge;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
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
import picocli.CommandLine;
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
      description = "of all measurements; the fastest of each counts (${DEFAULT-VALUE})")
  int rounds = 3;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new JudgeBench()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, RunnerException {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "Measuring on one core, about %d s.%n", rounds * 3 * (WARM_UP_SECONDS + seconds + 1));
    out.flush();
    Map<String, Measured> fastest = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      // What else the machine does only ever slows.
      measured().forEach((name, one) -> fastest.merge(name, one, Measured::faster));
    }
    Measured floor = requireNonNull(fastest.get(FLOOR));
    for (String name : List.of(FLOOR, TARGETED, "byResponder")) {
      Measured one = requireNonNull(fastest.get(name));
      out.printf(
          Locale.ROOT,
          "%-18s %,10.0f /s  %5.2f of the floor  %,8.0f octets each%n",
          name,
          one.perSecond(),
          one.of(floor),
          one.octets());
    }
    Measured targeted = requireNonNull(fastest.get(TARGETED));
    boolean reached = targeted.perSecond() >= TARGET || targeted.of(floor) >= LEAST_RATIO;
    out.printf(
        Locale.ROOT,
        "Target %,.0f /s or %.2f of the floor: %s%n",
        TARGET,
        LEAST_RATIO,
        reached ? "reached" : "NOT reached");
    out.println(write(fastest, targeted.of(floor)));
    out.flush();
    return 0;
  }

  /** A rate, and what one turn allocates. */
  private record Measured(double perSecond, double octets) {
    Measured faster(Measured other) {
      return other.perSecond > perSecond ? other : this;
    }

    double of(Measured floor) {
      return perSecond / floor.perSecond;
    }
  }

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
    Map<String, Measured> measured = new LinkedHashMap<>();
    for (RunResult result : results) {
      measured.put(
          result.getPrimaryResult().getLabel(),
          new Measured(result.getPrimaryResult().getScore(), octets(result)));
    }
    return measured;
  }

  private static double octets(RunResult result) {
    return requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm")).getScore();
  }

  private static Path write(Map<String, Measured> measured, double ofFloor) throws IOException {
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
            requireNonNull(measured.get(TARGETED)).perSecond(),
            ofFloor));
    Path part = Files.writeString(folder.resolve("latest.json.part"), json);
    return Files.move(part, folder.resolve("latest.json"), StandardCopyOption.REPLACE_EXISTING);
  }
}
