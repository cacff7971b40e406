package jp.kazashi.reader.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What the reader has to say of a card; the deck is the simulator's. */
@Command(
    name = "card",
    description = "Cards on real and virtual readers.",
    synopsisSubcommandLabel = "COMMAND")
public final class CardCommand implements Callable<Integer> {

  private static final int FAULT = 1;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return FAULT;
  }
}
