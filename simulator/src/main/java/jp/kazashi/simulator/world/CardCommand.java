package jp.kazashi.simulator.world;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import jp.kazashi.simulator.card.CardFile;
import jp.kazashi.simulator.card.CardPace;
import jp.kazashi.simulator.card.PinCounters;
import jp.kazashi.simulator.card.VirtualCard;
import jp.kazashi.simulator.terminal.VpcdFront;
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
      description = "Holds a phone to the second reader.")
  static final class Phone extends WorldCommand.Asking {
    @Parameters(paramLabel = "NAME", description = "android or iphone")
    String name;

    @Override
    public Integer call() {
      control().ask("PUT", "/readers/Phone/card", Json.line(Map.of("name", name)));
      out().println(name + " is held to Phone.");
      return 0;
    }
  }

  /** Needs no running world: the card is read from its file. */
  @Command(
      name = "vpcd",
      mixinStandardHelpOptions = true,
      description = "Offers one card to a running pcscd with vpcd, in front, until Ctrl-C.")
  static final class Vpcd extends WorldCommand.Asking {
    @Parameters(paramLabel = "NAME", description = "a card of the deck")
    String name;

    @Option(
        names = "--port",
        defaultValue = "" + VpcdFront.USUAL_PORT,
        description = "where vpcd listens (default: ${DEFAULT-VALUE})")
    int port;

    @Option(
        names = "--pace",
        defaultValue = "instant",
        description = "instant, or 424 or 106 kbit/s like a real one (default: ${DEFAULT-VALUE})")
    String pace;

    @Override
    public Integer call() {
      VirtualCard card = paced(card());
      try (VpcdFront front = new VpcdFront(card, "127.0.0.1", port, this::tell)) {
        Runtime.getRuntime().addShutdownHook(new Thread(front::close));
        front.run();
      }
      return 0;
    }

    private VirtualCard card() {
      Path cards = WorldSettings.of(System.getenv()).home().cards();
      Path file = cards.resolve(name + ".yaml");
      if (!Files.isRegularFile(file)) {
        throw new WorldTrouble(
            "There is no card at %s. Make the deck with: ./kazashi up; its cards: %s"
                .formatted(file, DeckStory.names()));
      }
      try {
        return CardFile.read(file, PinCounters.keptIn(cards.resolve(name + ".pins")));
      } catch (IOException damaged) {
        throw new WorldTrouble(String.valueOf(damaged.getMessage()), damaged);
      }
    }

    private VirtualCard paced(VirtualCard card) {
      try {
        return card.paced(CardPace.named(pace));
      } catch (IllegalArgumentException wrong) {
        throw new WorldTrouble(String.valueOf(wrong.getMessage()), wrong);
      }
    }

    private void tell(VpcdFront.State state) {
      out()
          .println(
              switch (state) {
                case WAITING ->
                    "Waiting for vpcd on port %d. Is pcscd running, with vsmartcard-vpcd?"
                        .formatted(port);
                case ON_READER -> name + " is on the virtual reader of pcscd. Ctrl-C takes it off.";
                case TAKEN_AWAY -> name + " was taken away.";
              });
      out().flush();
    }
  }

  @Command(
      name = "read",
      mixinStandardHelpOptions = true,
      description = "Shows what is on a reader (done by the reader's own command).")
  static final class Read extends WorldCommand.Asking {
    @Option(names = "--reader", description = "the reader's name")
    String reader = "";

    @Override
    public Integer call() {
      throw new WorldTrouble("Call it by the launcher: ./kazashi card read");
    }
  }

  private static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
