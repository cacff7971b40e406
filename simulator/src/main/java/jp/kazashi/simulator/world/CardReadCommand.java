package jp.kazashi.simulator.world;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The launcher hands this one on to the reader; here it is for the list of commands. */
@Command(
    name = "read",
    mixinStandardHelpOptions = true,
    description = "Shows what is on a reader (done by the reader's own command).")
final class CardReadCommand extends WorldCommand.Asking {
  @Option(names = "--reader", description = "the reader's name")
  String reader = "";

  @Override
  public Integer call() {
    throw new WorldTrouble("Call it by the launcher: ./kazashi card read");
  }
}
