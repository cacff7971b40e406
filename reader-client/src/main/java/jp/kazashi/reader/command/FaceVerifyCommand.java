package jp.kazashi.reader.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import jp.kazashi.reader.face.ChildDecoder;
import jp.kazashi.reader.face.FaceDecision;
import jp.kazashi.reader.face.FaceReason;
import jp.kazashi.reader.face.Pictures;
import jp.kazashi.reader.face.Terms;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tries the matcher on two pictures; needs no world. */
@Command(
    name = "verify",
    description = {
      "Compares the faces of two pictures: JPEG, PNG or JPEG 2000.",
      "The first word is MATCH, NO_MATCH, NOT_SURE or CANNOT_READ.",
      "Whether the face of B is alive is not judged: that needs a camera."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:MATCH", "3:anything else", "1:a fault"},
    optionListHeading = "%nOptions:%n",
    sortOptions = false)
public final class FaceVerifyCommand implements Callable<Integer> {

  private static final int MATCH = 0;
  private static final int NO_MATCH = 3;

  /** More than this is refused anyway. */
  private static final int MOST = 33 * 1024 * 1024;

  private final LongSupplier ticks;

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "A", description = "The portrait.")
  private Path portrait;

  @Parameters(index = "1", paramLabel = "B", description = "The face to compare with it.")
  private Path live;

  @Mixin private final FaceOptions options = new FaceOptions();

  public FaceVerifyCommand(LongSupplier ticks) {
    this.ticks = ticks;
  }

  @Override
  public Integer call() throws Fault {
    Terms terms = options.pictures();
    byte[] a = read(portrait);
    byte[] b = read(live);
    long begun = ticks.getAsLong();
    PrintWriter out = spec.commandLine().getOut();
    return switch (terms.open()) {
      case Terms.Opening.Closed(var remedies) -> {
        out.println("CANNOT_READ " + FaceReason.UNAVAILABLE + ": no face matching here");
        remedies.forEach(remedy -> out.println("  " + remedy));
        out.flush();
        yield NO_MATCH;
      }
      case Terms.Opening.Open open -> {
        String loading = millis(ticks.getAsLong() - begun);
        try (ChildDecoder decoder = new ChildDecoder(terms.libraries())) {
          Pictures.Result result =
              new Pictures(open.networks(), decoder, open.calibration(), terms.policy(), ticks)
                  .compare(a, b);
          print(out, result, open.networks().model().id(), loading);
          yield result.decision() instanceof FaceDecision.Match ? MATCH : NO_MATCH;
        }
      }
    };
  }

  private static void print(PrintWriter out, Pictures.Result result, String model, String loading) {
    out.println(result.decision().word() + " " + why(result));
    out.println("  model " + model);
    out.println(
        "  load "
            + loading
            + result.times().entrySet().stream()
                .map(stage -> ", " + stage.getKey() + " " + millis(stage.getValue().toNanos()))
                .collect(Collectors.joining()));
    out.flush();
  }

  private static String why(Pictures.Result result) {
    return switch (result.decision()) {
      case FaceDecision.Match(FaceDecision.Score score) -> score(score);
      case FaceDecision.NoMatch(FaceDecision.Score score) -> score(score);
      case FaceDecision.NotSure(FaceReason reason) -> reason(reason, result.which());
      case FaceDecision.CannotRead(FaceReason reason) -> reason(reason, result.which());
    };
  }

  private static String score(FaceDecision.Score score) {
    return "score %.3f, threshold %.3f at %d frame(s), calibration %s"
        .formatted(score.value(), score.threshold(), score.frames(), score.calibration());
  }

  private static String reason(FaceReason reason, String which) {
    return "%s in %s: %s".formatted(reason, which, reason.guidance().en());
  }

  private static String millis(long nanos) {
    return "%.1f ms".formatted(nanos / 1e6);
  }

  static byte[] read(Path file) throws Fault {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(MOST);
    } catch (IOException unreadable) {
      throw new Fault("kazashi: " + file + " cannot be read: " + unreadable.getMessage());
    }
  }
}
