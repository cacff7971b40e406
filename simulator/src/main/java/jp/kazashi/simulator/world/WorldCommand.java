package jp.kazashi.simulator.world;

import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The launcher's commands for the world as a whole: up, down, status, card, world. */
@Command(
    name = "kazashi",
    mixinStandardHelpOptions = true,
    description = "A whole simulated world of online eligibility verification.",
    subcommands = {
      UpCommand.class,
      DownCommand.class,
      StatusCommand.class,
      CardCommand.class,
      WorldCommand.World.class
    })
public final class WorldCommand {
  private WorldCommand() {}

  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  static int run(String... arguments) {
    CommandLine line = new CommandLine(new WorldCommand());
    line.setExecutionExceptionHandler((failure, command, _parsed) -> {
      if (failure instanceof WorldTrouble trouble) {
        command.getErr().println("kazashi: " + trouble.line());
        return 1;
      }
      throw failure;
    });
    line.setParameterExceptionHandler((wrong, _arguments) -> {
      CommandLine command = wrong.getCommandLine();
      command
          .getErr()
          .println(
              "kazashi: %s. See ./%s --help"
                  .formatted(wrong.getMessage(), command.getCommandSpec().qualifiedName()));
      return 1;
    });
    return line.execute(arguments);
  }

  /** What {@code card} and {@code world} share: a simulator to talk to and a page to print on. */
  abstract static class Asking implements Callable<Integer> {
    @Spec CommandSpec spec;

    PrintWriter out() {
      return spec.commandLine().getOut();
    }

    Control control() {
      return Control.of(WorldSettings.of(System.getenv()).home());
    }

    static int missing(CommandSpec spec) {
      spec.commandLine().usage(spec.commandLine().getErr());
      return 1;
    }
  }

  @Command(
      name = "world",
      mixinStandardHelpOptions = true,
      description = "The world's clock, and the truth of its people.",
      subcommands = {SetTime.class, TruthCommand.class})
  static final class World extends Asking {
    @Override
    public Integer call() {
      return missing(spec);
    }
  }

  @Command(
      name = "set-time",
      mixinStandardHelpOptions = true,
      description =
          "Moves the world's clock; returns when every part has acknowledged. Steps are calendar"
              + " steps in Asia/Tokyo from the world's present time.")
  static final class SetTime extends Asking {
    @Parameters(
        paramLabel = "INSTANT|+P3M|reset",
        description = "an instant, a signed ISO 8601 step, or real time again")
    String to;

    @Override
    public Integer call() throws Exception {
      String answer = control().ask("PUT", "/world/clock", Json.line(Map.of("set", to)));
      out().println("The world's time is " + Json.tree(answer).path("instant").asText() + ".");
      return 0;
    }
  }
}
