package jp.kazashi.reader.command;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import jp.kazashi.reader.card.CardOpening;
import jp.kazashi.reader.card.CardPort;
import jp.kazashi.reader.card.CardSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what is on a reader. No PIN is asked for and no try of one is used. */
@Command(
    name = "read",
    description = "Shows what card is on a reader, without using a try of its PIN.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:a My Number card or a phone", "1:a fault", "3:no card, or another one"},
    optionListHeading = "%nOptions:%n",
    sortOptions = false)
public final class CardReadCommand implements Callable<Integer> {

  private static final int READ = 0;
  private static final int NOTHING_TO_READ = 3;

  private final InstantSource clock;
  private final LongSupplier ticks;

  @Spec private CommandSpec spec;

  @Option(
      names = "--reader",
      paramLabel = "NAME",
      description =
          "The reader. Without it: Kiosk in a running world, else the first one of this machine.")
  private String reader;

  public CardReadCommand(InstantSource clock, LongSupplier ticks) {
    this.clock = clock;
    this.ticks = ticks;
  }

  @Override
  public Integer call() throws Fault {
    Readers readers = Readers.ofThisMachine(clock);
    CardPort port = readers.port(reader);
    PrintWriter out = spec.commandLine().getOut();
    return switch (port.open()) {
      case CardOpening.Opened(CardSession session) -> {
        try (session) {
          yield tell(port.name(), session, readers, out);
        }
      }
      case CardOpening.NoCard _ -> {
        spec.commandLine()
            .getErr()
            .println("No card is on " + port.name() + ". Put one on it and call this again.");
        yield NOTHING_TO_READ;
      }
      case CardOpening.ReaderTrouble(String what) ->
          throw new Fault(what + " See what is missing with: ./kazashi reader self-test");
    };
  }

  private int tell(String name, CardSession session, Readers readers, PrintWriter out)
      throws Fault {
    long start = ticks.getAsLong();
    CardTelling telling = CardTelling.of(session, readers.now());
    Duration took = Duration.ofNanos(ticks.getAsLong() - start);
    out.println("Reader       " + name);
    telling.lines().forEach(out::println);
    out.println("Read in      " + took.toMillis() + " ms");
    out.flush();
    return telling.isUsable() ? READ : NOTHING_TO_READ;
  }
}
