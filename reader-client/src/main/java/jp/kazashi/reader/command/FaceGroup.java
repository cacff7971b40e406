package jp.kazashi.reader.command;

import picocli.CommandLine.Command;

/** What concerns the comparison of faces. */
@Command(
    name = "face",
    description = "Comparing faces: networks, a trial on two pictures, calibration.",
    synopsisSubcommandLabel = "COMMAND")
public final class FaceGroup extends CommandGroup {}
