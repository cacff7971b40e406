package jp.kazashi.reader.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What concerns this terminal as a whole. */
@Command(name = "reader", description = "This terminal.", synopsisSubcommandLabel = "COMMAND")
public final class ReaderGroup implements Callable<Integer> {

  private static final int FAULT = 1;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return FAULT;
  }
}
