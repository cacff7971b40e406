package jp.kazashi.simulator.world;

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
    CardCommand.setTries(control(), name, TRIES);
    out().println("The PIN of " + name + " is blocked.");
    return 0;
  }
}
