package jp.kazashi.reader;

import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import jp.kazashi.reader.command.Fault;
import jp.kazashi.reader.command.VisitCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The commands that are the reader's: for now, a visit. */
@Command(name = "kazashi", subcommands = VisitCommand.class, synopsisSubcommandLabel = "COMMAND")
public final class ReaderCommand {

  private static final int FAULT = 1;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Shows this.")
  @SuppressWarnings("UnusedVariable") // asked by picocli itself
  private boolean help;

  private ReaderCommand() {}

  public static void main(String[] arguments) {
    System.exit(
        run(
            new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), true),
            new PrintWriter(new OutputStreamWriter(System.err, StandardCharsets.UTF_8), true),
            arguments));
  }

  /** Carries the command out and gives its exit code. */
  public static int run(PrintWriter out, PrintWriter err, String... arguments) {
    return new CommandLine(new ReaderCommand())
        .setOut(out)
        .setErr(err)
        .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
        .setParameterExceptionHandler(ReaderCommand::explain)
        .setExecutionExceptionHandler(ReaderCommand::report)
        .execute(arguments);
  }

  private static int explain(CommandLine.ParameterException wrong, String[] arguments) {
    CommandLine command = wrong.getCommandLine();
    command
        .getErr()
        .println(
            wrong.getMessage() + ". See: " + command.getCommandSpec().qualifiedName() + " --help");
    return FAULT;
  }

  private static int report(Exception trouble, CommandLine command, CommandLine.ParseResult parsed)
      throws Exception {
    if (trouble instanceof Fault fault) {
      command.getErr().println(fault.line());
      return FAULT;
    }
    throw trouble;
  }
}
