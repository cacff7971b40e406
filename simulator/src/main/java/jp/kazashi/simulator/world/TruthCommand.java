package jp.kazashi.simulator.world;

import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.Optional;
import jp.kazashi.simulator.population.Population;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What is true of the population's people, to compare with what a store gives back. */
@Command(
    name = "truth",
    mixinStandardHelpOptions = true,
    description =
        "Writes all that is true of made-up people, one JSON object a line; no world need run.")
final class TruthCommand extends WorldCommand.Asking {
  @Option(names = "--people", paramLabel = "N", required = true, description = "how many")
  int people;

  @Option(names = "--from", paramLabel = "I", description = "from this index on (default: 0)")
  int from;

  @Option(names = "--seed", paramLabel = "S", description = "what they are made from (default: 1)")
  long seed = 1;

  @Option(
      names = "--day",
      paramLabel = "YYYY-MM-DD",
      description = "the day they are made for (default: that of this world's population)")
  Optional<LocalDate> day = Optional.empty();

  @Override
  public Integer call() {
    if (from < 0 || people < 1 || from > Population.MOST_PEOPLE - people) {
      throw new WorldTrouble("--people is 1 or more, and --from 0 or more.");
    }
    Population population = new Population(seed, from + people, day.orElseGet(this::dayOfWorld));
    PrintWriter out = out();
    for (int town = population.townOfPerson(from); town < population.towns(); town++) {
      population.truths(town).stream()
          .filter(truth -> (int) truth.getOrDefault("index", 0) >= from)
          .forEach(truth -> out.println(Json.line(truth)));
    }
    out.flush();
    return 0;
  }

  private LocalDate dayOfWorld() {
    return PopulationNote.read(WorldSettings.of(System.getenv()).home().population())
        .map(Population::day)
        .orElseThrow(() ->
            new WorldTrouble(
                "This world has no population: say the day it is made for, --day YYYY-MM-DD."));
  }
}
