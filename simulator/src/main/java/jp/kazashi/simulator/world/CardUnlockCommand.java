package jp.kazashi.simulator.world;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Gives the PIN of a card all its tries back, as the municipality does. */
@Command(
    name = "unlock",
    mixinStandardHelpOptions = true,
    description = "Gives the PIN of a card all its tries back, as the municipality does.")
final class CardUnlockCommand extends WorldCommand.Asking {
  private static final int TRIES = 3;

  @Parameters(paramLabel = "NAME", description = "a card of the deck")
  String name;

  @Override
  public Integer call() {
    CardCommand.setTries(control(), name, TRIES);
    out().println("The PIN of " + name + " has its three tries.");
    return 0;
  }
}
