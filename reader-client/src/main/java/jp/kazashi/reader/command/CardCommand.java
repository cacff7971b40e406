package jp.kazashi.reader.command;

import picocli.CommandLine.Command;

/** What the reader has to say of a card; the deck is the simulator's. */
@Command(
    name = "card",
    description = "Cards on real and virtual readers.",
    synopsisSubcommandLabel = "COMMAND")
public final class CardCommand extends CommandGroup {}
