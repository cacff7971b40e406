package jp.kazashi.simulator.world;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A card goes in; onto another one it is a swap. */
@Command(
    name = "insert",
    mixinStandardHelpOptions = true,
    description = "Puts a card on a reader; one that is there already makes room first.")
final class CardInsertCommand extends WorldCommand.Asking {
  @Parameters(paramLabel = "NAME", description = "a card of the deck, such as hanako")
  String name;

  @Option(
      names = "--reader",
      defaultValue = "Kiosk",
      description = "the virtual reader (default: ${DEFAULT-VALUE})")
  String reader;

  @Override
  public Integer call() {
    control()
        .ask(
            "PUT",
            "/readers/" + CardCommand.segment(reader) + "/card",
            Json.line(Map.of("name", name)));
    out().println(name + " is on " + reader + ".");
    return 0;
  }
}
