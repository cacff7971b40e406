package jp.kazashi.simulator.world;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Switches the timing model. */
@Command(
    name = "pace",
    mixinStandardHelpOptions = true,
    description = {
      "How fast the cards are from their next insertion on: instant (as a world begins), or 424 or"
          + " 106 kbit/s like real ones,",
      "with 8 ms a command, 0.03 or 0.1 ms a byte and 350 ms a signature."
    })
final class CardPaceCommand extends WorldCommand.Asking {
  @Parameters(paramLabel = "instant|424|106", description = "the pace")
  String pace;

  @Override
  public Integer call() {
    control().ask("PUT", "/pace", Json.line(Map.of("pace", pace)));
    out().println("Cards put on a reader from now on: " + pace + ".");
    return 0;
  }
}
