package jp.kazashi.simulator.world;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Writes what goes wrong with a card. */
@Command(
    name = "faults",
    mixinStandardHelpOptions = true,
    description = {
      "Writes what goes wrong with a card from its next insertion on; without a line it is well"
          + " again.",
      "A line is written like 'sign#1 remove', 'read lie 3082FFFF', 'ask-tries tries 9', 'any#5"
          + " reset', 'sign slow 900', 'any#3 mute': see docs/virtual-card.md."
    })
final class CardFaultsCommand extends WorldCommand.Asking {
  @Parameters(index = "0", paramLabel = "NAME", description = "a card of the deck")
  String name;

  @Parameters(index = "1..*", arity = "0..*", paramLabel = "LINE", description = "one fault each")
  List<String> lines = List.of();

  @Override
  public Integer call() {
    control()
        .ask(
            "PUT",
            "/cards/" + CardCommand.segment(name) + "/faults",
            Json.line(Map.of("faults", lines)));
    out()
        .println(
            lines.isEmpty()
                ? name + " behaves."
                : name + " will, when it is put on a reader: " + String.join("; ", lines));
    return 0;
  }
}
