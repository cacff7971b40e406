package jp.kazashi.simulator.world;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import jp.kazashi.simulator.card.CardFile;
import jp.kazashi.simulator.card.CardPace;
import jp.kazashi.simulator.card.PinCounters;
import jp.kazashi.simulator.card.VirtualCard;
import jp.kazashi.simulator.terminal.VpcdFront;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Needs no running world: the card is read from its file. */
@Command(
    name = "vpcd",
    mixinStandardHelpOptions = true,
    description = "Offers one card to a running pcscd with vpcd, in front, until Ctrl-C.")
final class CardVpcdCommand extends WorldCommand.Asking {
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
