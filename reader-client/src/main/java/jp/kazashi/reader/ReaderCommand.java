package jp.kazashi.reader;

import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import jp.kazashi.reader.command.CardCommand;
import jp.kazashi.reader.command.CardReadCommand;
import jp.kazashi.reader.command.FaceCalibrateCommand;
import jp.kazashi.reader.command.FaceGroup;
import jp.kazashi.reader.command.FaceInstallCommand;
import jp.kazashi.reader.command.FacePortraitCommand;
import jp.kazashi.reader.command.FaceVerifyCommand;
import jp.kazashi.reader.command.Fault;
import jp.kazashi.reader.command.ReaderGroup;
import jp.kazashi.reader.command.SelfTestCommand;
import jp.kazashi.reader.command.VisitCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The commands that are the reader's. */
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
    return commands(InstantSource.system(), System::nanoTime)
        .setOut(out)
        .setErr(err)
        .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
        .setParameterExceptionHandler(ReaderCommand::explain)
        .setExecutionExceptionHandler(ReaderCommand::report)
        .execute(arguments);
  }

  private static CommandLine commands(InstantSource clock, LongSupplier ticks) {
    return new CommandLine(new ReaderCommand())
        .addSubcommand(
            new CommandLine(new CardCommand()).addSubcommand(new CardReadCommand(clock, ticks)))
        .addSubcommand(
            new CommandLine(new ReaderGroup()).addSubcommand(new SelfTestCommand(clock, ticks)))
        .addSubcommand(
            new CommandLine(new FaceGroup())
                .addSubcommand(new FaceInstallCommand())
                .addSubcommand(new FaceVerifyCommand(ticks))
                .addSubcommand(new FaceCalibrateCommand())
                .addSubcommand(new FacePortraitCommand()));
  }

  private static int explain(CommandLine.ParameterException wrong, String[] arguments) {
    CommandLine command = wrong.getCommandLine();
    command
        .getErr()
        .println(
            "kazashi: %s. See ./%s --help"
                .formatted(wrong.getMessage(), command.getCommandSpec().qualifiedName()));
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
