package jp.kazashi.simulator.world;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A phone is held to the second reader, or taken away from it. */
@Command(
    name = "phone",
    mixinStandardHelpOptions = true,
    description = "Holds a phone to the second reader.")
final class CardPhoneCommand extends WorldCommand.Asking {
  @Parameters(paramLabel = "NAME", arity = "0..1", description = "android or iphone")
  String name;

  @Option(names = "--away", description = "takes the phone away")
  boolean away;

  @Override
  public Integer call() throws Exception {
    if (away) {
      control().ask("DELETE", "/readers/Phone/card", "");
      out().println("Phone is empty.");
      return 0;
    }
    mustBeAPhone();
    control().ask("PUT", "/readers/Phone/card", Json.line(Map.of("name", name)));
    out().println(name + " is held to Phone.");
    return 0;
  }

  private void mustBeAPhone() throws Exception {
    JsonNode cards = Json.tree(control().ask("GET", "/cards", ""));
    List<String> phones =
        StreamSupport.stream(cards.spliterator(), false)
            .filter(card -> card.path("method").asText().equals("PHONE"))
            .map(card -> card.path("name").asText())
            .toList();
    if (name == null || !phones.contains(name)) {
      throw new WorldTrouble(
          "%s. Phones: %s; a card goes in with: ./kazashi card insert NAME"
              .formatted(
                  name == null ? "Name the phone" : name + " is no phone",
                  String.join(", ", phones)));
    }
  }
}
