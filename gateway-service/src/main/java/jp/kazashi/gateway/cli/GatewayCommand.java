package jp.kazashi.gateway.cli;

import java.util.logging.LogManager;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands that ask the gateway or its store. */
@Command(
    name = "kazashi",
    description = "Asks the gateway of the running world, or its store.",
    subcommands = {
      LookUpCommand.class,
      ReadCommand.class,
      AuditCommand.class,
      EvidenceCommand.class
    },
    mixinStandardHelpOptions = true)
public final class GatewayCommand {
  /** Exit codes of the contract. */
  static final int GOOD = 0;

  static final int FAULT = 1;
  static final int NEGATIVE = 3;

  private GatewayCommand() {}

  public static void main(String[] args) {
    // What the store's libraries tell of themselves is no answer to anybody.
    LogManager.getLogManager().reset();
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new GatewayCommand())
        .setExecutionExceptionHandler((fault, command, parsed) -> {
          if (fault instanceof WorldAccess.Fault known) {
            command.getErr().println("kazashi: " + known.getMessage());
            return FAULT;
          }
          throw fault;
        })
        .setParameterExceptionHandler((fault, args) -> {
          CommandLine command = fault.getCommandLine();
          command
              .getErr()
              .println(
                  "kazashi: %s. See ./%s --help"
                      .formatted(fault.getMessage(), command.getCommandSpec().qualifiedName()));
          return FAULT;
        });
  }
}
