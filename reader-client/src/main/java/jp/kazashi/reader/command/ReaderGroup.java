package jp.kazashi.reader.command;

import picocli.CommandLine.Command;

/** What concerns this terminal as a whole. */
@Command(name = "reader", description = "This terminal.", synopsisSubcommandLabel = "COMMAND")
public final class ReaderGroup extends CommandGroup {}
