package jp.kazashi.simulator.world;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The whole deck at a glance. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Every card with its story, certificate end, method and expected outcome.")
final class CardListCommand extends WorldCommand.Asking {
  private static final String COLUMNS = "%-8s  %-10s  %-6s  %-4s  %-23s  %s%n";
  private static final List<String> HEAD =
      List.of("CARD", "ENDS (JST)", "METHOD", "PIN", "EXPECTED", "STORY");

  @Option(names = "--json", description = "as JSON")
  boolean json;

  @Override
  public Integer call() throws Exception {
    JsonNode cards = Json.tree(control().ask("GET", "/cards", ""));
    if (json) {
      out().println(Json.pretty(cards));
      return 0;
    }
    out().printf(COLUMNS, HEAD.toArray());
    for (JsonNode card : cards) {
      out().printf(COLUMNS, row(card).toArray());
    }
    return 0;
  }

  private static List<String> row(JsonNode card) {
    List<String> row = new ArrayList<>();
    row.add(card.path("name").asText());
    row.add(
        Instant.parse(card.path("certificateEnds").asText())
            .atZone(ClockChange.TOKYO)
            .toLocalDate()
            .toString());
    row.add(card.path("method").asText());
    row.add(card.path("pin").asText("-"));
    row.add(card.path("expected").asText());
    row.add(card.path("story").asText());
    return row;
  }
}
