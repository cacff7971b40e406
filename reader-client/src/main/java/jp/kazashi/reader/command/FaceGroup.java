package jp.kazashi.reader.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What concerns the comparison of faces. */
@Command(
    name = "face",
    description = "Comparing faces: networks, a trial on two pictures, calibration.",
    synopsisSubcommandLabel = "COMMAND")
public final class FaceGroup implements Callable<Integer> {

  private static final int FAULT = 1;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return FAULT;
  }
}
