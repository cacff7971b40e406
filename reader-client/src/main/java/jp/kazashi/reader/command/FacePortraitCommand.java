package jp.kazashi.reader.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import jp.kazashi.reader.face.CardPortrait;
import jp.kazashi.reader.face.FaceReason;
import jp.kazashi.reader.face.Pictures;
import jp.kazashi.reader.face.Pixels;
import jp.kazashi.reader.face.Terms;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes what a virtual card may carry out of a photograph. */
@Command(
    name = "portrait",
    description = {
      "Makes a portrait as cards carry it (180 x 240, grey, JPEG 2000) out of a photograph,",
      "for ./kazashi up --face real --faces DIR."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:made", "3:no portrait can be made of this picture", "1:a fault"},
    optionListHeading = "%nOptions:%n",
    sortOptions = false)
public final class FacePortraitCommand implements Callable<Integer> {

  private static final int MADE = 0;
  private static final int NOT_MADE = 3;

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "PHOTO", description = "JPEG or PNG, with one face.")
  private Path photograph;

  @Parameters(index = "1", paramLabel = "OUT", description = "The file to write, DIR/CARD.jp2.")
  private Path out;

  @Mixin private final FaceOptions options = new FaceOptions();

  @Override
  public Integer call() throws Fault {
    Terms terms = options.pictures();
    return switch (terms.open()) {
      case Terms.Opening.Closed(List<String> remedies) ->
          throw new Fault("kazashi: No face matching here: " + String.join("; ", remedies));
      case Terms.Opening.Open open ->
          switch (Pictures.photograph(FaceVerifyCommand.read(photograph))) {
            case Pixels.Decoding.Refused(FaceReason reason) -> refused(reason);
            case Pixels.Decoding.Decoded(Pixels pixels) -> {
              try (pixels) {
                yield made(CardPortrait.of(pixels, open.networks()));
              }
            }
          };
    };
  }

  private int made(Optional<byte[]> portrait) throws Fault {
    if (portrait.isEmpty()) {
      return refused(FaceReason.NO_FACE);
    }
    try {
      Files.write(out, portrait.get());
    } catch (IOException unwritable) {
      throw new Fault("kazashi: " + out + " cannot be written: " + unwritable.getMessage());
    }
    say("%s: %d bytes".formatted(out, portrait.get().length));
    return MADE;
  }

  private int refused(FaceReason reason) {
    say("CANNOT_READ %s in %s: %s".formatted(reason, photograph, reason.guidance().en()));
    return NOT_MADE;
  }

  private void say(String line) {
    PrintWriter writer = spec.commandLine().getOut();
    writer.println(line);
    writer.flush();
  }
}
