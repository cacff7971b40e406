package jp.kazashi.simulator.world;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Blocks the PIN of a card, as after three wrong ones. */
@Command(
    name = "lock",
    mixinStandardHelpOptions = true,
    description = "Blocks the PIN of a card, as after three wrong ones.")
final class CardLockCommand extends WorldCommand.Asking {
  private static final int TRIES = 0;

  @Parameters(paramLabel = "NAME", description = "a card of the deck")
  String name;

  @Override
  public Integer call() {
    control()
        .ask(
            "PUT",
            "/cards/" + CardCommand.segment(name) + "/tries",
            Json.line(Map.of("tries", TRIES)));
    out().println("The PIN of " + name + " is blocked.");
    return 0;
  }
}
