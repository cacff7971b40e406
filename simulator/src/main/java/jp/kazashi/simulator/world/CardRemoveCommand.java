package jp.kazashi.simulator.world;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A card goes out. */
@Command(
    name = "remove",
    mixinStandardHelpOptions = true,
    description = "Takes the card off a reader.")
final class CardRemoveCommand extends WorldCommand.Asking {
  @Option(
      names = "--reader",
      defaultValue = "Kiosk",
      description = "the virtual reader (default: ${DEFAULT-VALUE})")
  String reader;

  @Override
  public Integer call() {
    control().ask("DELETE", "/readers/" + CardCommand.segment(reader) + "/card", "");
    out().println(reader + " is empty.");
    return 0;
  }
}
