package jp.kazashi.load.judge;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
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
  private static final double TARGET = 12_000;
  private static final double LEAST_RATIO = 0.75;

  @Spec CommandSpec spec;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "of each measurement (${DEFAULT-VALUE})")
  int seconds = 5;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new JudgeBench()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, RunnerException {
    PrintWriter out = spec.commandLine().getOut();
    out.println("Measuring three times " + 2 * seconds + " s on one core.");
    out.flush();
    Map<String, Measured> measured = measured();
    Measured floor = measured.getOrDefault("twoVerifications", Measured.NOTHING);
    for (String name : new String[] {"twoVerifications", "byList", "byResponder"}) {
      Measured one = measured.getOrDefault(name, Measured.NOTHING);
      out.printf(
          Locale.ROOT,
          "%-18s %,10.0f /s  %5.2f of the floor  %,8.0f octets each%n",
          name,
          one.perSecond(),
          one.perSecond() / floor.perSecond(),
          one.octets());
    }
    Measured list = measured.getOrDefault("byList", Measured.NOTHING);
    double ratio = list.perSecond() / floor.perSecond();
    boolean reached = list.perSecond() >= TARGET || ratio >= LEAST_RATIO;
    out.printf(
        Locale.ROOT,
        "Target %,.0f /s or %.2f of the floor: %s%n",
        TARGET,
        LEAST_RATIO,
        reached ? "reached" : "NOT reached");
    out.println(write(measured, ratio));
    out.flush();
    return 0;
  }

  /** A rate and what one turn allocates. */
  private record Measured(double perSecond, double octets) {
    static final Measured NOTHING = new Measured(Double.NaN, Double.NaN);
  }

  private Map<String, Measured> measured() throws RunnerException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(VerdictBenchmark.class.getName() + ".*")
                    .forks(1)
                    .threads(1)
                    .warmupIterations(1)
                    .warmupTime(TimeValue.seconds(seconds))
                    .measurementIterations(1)
                    .measurementTime(TimeValue.seconds(seconds))
                    .addProfiler(GCProfiler.class)
                    .jvmArgsAppend("-XX:+UseSerialGC", "-Xmx512m")
                    .verbosity(VerboseMode.SILENT)
                    .shouldFailOnError(true)
                    .build())
            .run();
    Map<String, Measured> measured = new TreeMap<>();
    for (RunResult result : results) {
      measured.put(
          result.getPrimaryResult().getLabel(),
          new Measured(
              result.getPrimaryResult().getScore(),
              result.getSecondaryResults().containsKey("gc.alloc.rate.norm")
                  ? result.getSecondaryResults().get("gc.alloc.rate.norm").getScore()
                  : Double.NaN));
    }
    return measured;
  }

  private static Path write(Map<String, Measured> measured, double ratio) throws IOException {
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
            measured.getOrDefault("byList", Measured.NOTHING).perSecond(),
            ratio));
    Path part = Files.writeString(folder.resolve("latest.json.part"), json);
    return Files.move(part, folder.resolve("latest.json"), StandardCopyOption.REPLACE_EXISTING);
  }
}
