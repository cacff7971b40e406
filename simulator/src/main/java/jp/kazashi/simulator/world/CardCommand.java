package jp.kazashi.simulator.world;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import picocli.CommandLine.Command;

/** The virtual deck on the command line. */
@Command(
    name = "card",
    mixinStandardHelpOptions = true,
    description = "The virtual deck: list it, put a card on a reader, take it away, disturb it.",
    subcommands = {
      CardListCommand.class,
      CardInsertCommand.class,
      CardRemoveCommand.class,
      CardPhoneCommand.class,
      CardLockCommand.class,
      CardUnlockCommand.class,
      CardFaultsCommand.class,
      CardPaceCommand.class,
      CardVpcdCommand.class,
      CardReadCommand.class
    })
final class CardCommand extends WorldCommand.Asking {
  @Override
  public Integer call() {
    return missing(spec);
  }

  /** How many tries the PIN of a card has from now on. */
  static void setTries(Control control, String card, int tries) {
    control.ask("PUT", "/cards/" + segment(card) + "/tries", Json.line(Map.of("tries", tries)));
  }

  /** A name as a part of an address. */
  static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
