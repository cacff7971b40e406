package jp.kazashi.simulator.world;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The virtual deck on the command line. */
@Command(
    name = "card",
    mixinStandardHelpOptions = true,
    description = "The virtual deck: list it, put a card on a reader, take it away.",
    subcommands = {
      CardCommand.ListCards.class,
      CardCommand.Insert.class,
      CardCommand.Remove.class,
      CardCommand.Phone.class,
      CardCommand.Vpcd.class,
      CardCommand.Read.class
    })
final class CardCommand extends WorldCommand.Asking {
  @Override
  public Integer call() {
    return missing(spec);
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Every card with its story, certificate end, method and expected outcome.")
  static final class ListCards extends WorldCommand.Asking {
    @Option(names = "--json", description = "as JSON")
    boolean json;

    @Override
    public Integer call() throws Exception {
      JsonNode cards = Json.tree(control().ask("GET", "/cards", ""));
      if (json) {
        out().println(Json.pretty(cards));
        return 0;
      }
      for (JsonNode card : cards) {
        out()
            .printf(
                "%-10s %-28s ends %s  PIN %s  %s%n",
                card.path("name").asText(),
                card.path("story").asText(),
                card.path("certificateEnds").asText(),
                card.path("pin").asText(),
                card.path("expected").asText());
      }
      return 0;
    }
  }

  @Command(
      name = "insert",
      mixinStandardHelpOptions = true,
      description = "Puts a card on a reader.")
  static final class Insert extends WorldCommand.Asking {
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
          .ask("PUT", "/readers/" + segment(reader) + "/card", Json.line(Map.of("name", name)));
      out().println(name + " is on " + reader + ".");
      return 0;
    }
  }

  @Command(
      name = "remove",
      mixinStandardHelpOptions = true,
      description = "Takes the card off a reader.")
  static final class Remove extends WorldCommand.Asking {
    @Option(
        names = "--reader",
        defaultValue = "Kiosk",
        description = "the virtual reader (default: ${DEFAULT-VALUE})")
    String reader;

    @Override
    public Integer call() {
      control().ask("DELETE", "/readers/" + segment(reader) + "/card", "");
      out().println(reader + " is empty.");
      return 0;
    }
  }

  @Command(
      name = "phone",
      mixinStandardHelpOptions = true,
      description = "Holds a phone to the second reader (comes in a later step).")
  static final class Phone extends Later {
    @Parameters(paramLabel = "NAME", description = "android or iphone")
    String name;
  }

  @Command(
      name = "vpcd",
      mixinStandardHelpOptions = true,
      description = "Offers one card to a running pcscd (comes in a later step).")
  static final class Vpcd extends Later {
    @Parameters(paramLabel = "NAME", description = "a card of the deck")
    String name;

    @Option(names = "--port", defaultValue = "35963", description = "where vpcd listens")
    int port;
  }

  @Command(
      name = "read",
      mixinStandardHelpOptions = true,
      description = "Shows what is on a reader (comes in a later step).")
  static final class Read extends Later {
    @Option(names = "--reader", description = "the reader's name")
    String reader = "";
  }

  /** Named already, so that nobody has to guess; built later. */
  abstract static class Later extends WorldCommand.Asking {
    @Override
    public Integer call() {
      throw new WorldTrouble(
          spec.qualifiedName()
              + " comes in a later step; see ./kazashi card --help for what is here.");
    }
  }

  private static String segment(String text) {
    return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8)
        .replace("+", "%20");
  }
}
