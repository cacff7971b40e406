package jp.kazashi.reader.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A word that commands stand behind: alone it only says which they are. */
class CommandGroup implements Callable<Integer> {

  private static final int FAULT = 1;

  @Spec private CommandSpec spec;

  @Override
  public final Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return FAULT;
  }
}
