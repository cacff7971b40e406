package jp.kazashi.load;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import jp.kazashi.load.face.FaceBench;
import jp.kazashi.load.judge.JudgeBench;
import jp.kazashi.load.ocsp.OcspBench;
import jp.kazashi.load.store.StoreBench;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./kazashi bench}: measures, and says what it measured. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Load tests with progress; .kazashi/bench/latest.json and latest.html.",
    subcommands = {JudgeBench.class, FaceBench.class, BenchCommand.Store.class})
public final class BenchCommand implements Callable<Integer> {
  /** It warns of what is meant here: a dialect and connections that are handed to it. */
  private static final Logger HIBERNATE = Logger.getLogger("org.hibernate");

  @Spec CommandSpec spec;

  public static void main(String[] arguments) {
    System.setProperty("org.jboss.logging.provider", "jdk");
    Logger.getLogger("").setLevel(Level.WARNING);
    HIBERNATE.setLevel(Level.SEVERE);
    CommandLine line =
        new CommandLine(new BenchCommand()).addSubcommand(new OcspBench(InstantSource.system()));
    line.setExecutionExceptionHandler((failure, command, _parsed) -> {
      command.getErr().println("kazashi: " + failure);
      return 1;
    });
    System.exit(line.execute(arguments));
  }

  @Override
  public Integer call() {
    spec.commandLine()
        .getErr()
        .println("kazashi: Say what is to be measured: ./kazashi bench judge, ocsp, store or face");
    return 1;
  }

  @Command(
      name = "store",
      mixinStandardHelpOptions = true,
      description = {
        "The store alone, on a PostgreSQL of its own: the hot read of a check and five years of",
        "medications at a small and at a large population, bulk load, size, retention.",
        "Exit 0 whatever is found: targets are shown, not asserted."
      })
  static final class Store implements Callable<Integer> {
    @Spec CommandSpec spec;

    @Option(
        names = "--people",
        paramLabel = "N",
        description = "the large population (${DEFAULT-VALUE})")
    int people = 100_000;

    @Option(
        names = "--base",
        paramLabel = "N",
        description = "the small population (${DEFAULT-VALUE})")
    int base = 10_000;

    @Option(
        names = "--seconds",
        paramLabel = "S",
        description = "of each measurement (${DEFAULT-VALUE})")
    int seconds = 10;

    @Option(
        names = "--folder",
        paramLabel = "DIR",
        description = "for the database (.kazashi/bench)")
    Optional<Path> folder = Optional.empty();

    @Option(
        names = "--copy",
        description =
            "load all by COPY, past the store's intake: faster where only reads are asked for")
    boolean copy;

    @Option(names = "--keep", description = "keep the database for another run")
    boolean keep;

    @Override
    public Integer call() throws IOException, InterruptedException {
      Path home = folder.orElseGet(() -> home().resolve("bench"));
      Report report = new Report("store");
      new StoreBench(
              new StoreBench.Scale(base, Math.max(people, base), seconds, copy),
              InstantSource.system().instant(),
              home,
              spec.commandLine().getOut())
          .run(report, keep);
      report.write(home);
      List<String> lines = report.lines();
      spec.commandLine().getOut().println();
      lines.forEach(spec.commandLine().getOut()::println);
      spec.commandLine().getOut().println();
      spec.commandLine().getOut().println(home.resolve("latest.html"));
      spec.commandLine().getOut().flush();
      return 0;
    }

    private static Path home() {
      return Path.of(Optional.ofNullable(System.getenv("KAZASHI_HOME")).orElse(".kazashi"))
          .toAbsolutePath();
    }
  }
}
