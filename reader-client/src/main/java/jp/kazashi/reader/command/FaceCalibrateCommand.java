package jp.kazashi.reader.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import jp.kazashi.reader.face.Calibration;
import jp.kazashi.reader.face.CalibrationRun;
import jp.kazashi.reader.face.ChildDecoder;
import jp.kazashi.reader.face.FaceModel;
import jp.kazashi.reader.face.FaceNetworks;
import jp.kazashi.reader.face.NativeLibrary;
import jp.kazashi.reader.face.Roc;
import jp.kazashi.reader.face.Terms;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Finds a threshold for one's own people. */
@Command(
    name = "calibrate",
    description = {
      "Finds the threshold for a rate of false matches on pictures of your own people, with their",
      "consent: a folder for each person; the first picture by name is the portrait, the others"
          + " are",
      "live. Claims no rate that the number of pairs does not support."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:a threshold was found",
      "3:the pictures do not support that rate",
      "1:a fault"
    },
    optionListHeading = "%nOptions:%n",
    sortOptions = false)
public final class FaceCalibrateCommand implements Callable<Integer> {

  private static final int FOUND = 0;
  private static final int NOT_SUPPORTED = 3;

  @Spec private CommandSpec spec;

  @Option(
      names = "--genuine",
      paramLabel = "DIR",
      required = true,
      description = "People, each compared with themselves.")
  private Path genuine;

  @Option(
      names = "--impostor",
      paramLabel = "DIR",
      required = true,
      description = "People, each compared with all others of this folder; may be the same.")
  private Path impostor;

  @Option(
      names = "--fmr",
      paramLabel = "RATE",
      description = "The rate to be kept (${DEFAULT-VALUE}).")
  private double fmr = 1e-3;

  @Option(
      names = "--frames",
      paramLabel = "N",
      description = "Live pictures that are fused (${DEFAULT-VALUE}).")
  private int frames = 3;

  @Option(names = "--population", paramLabel = "TEXT", description = "Whose faces these are.")
  private String population = "not said";

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where ROC and calibration are written (${DEFAULT-VALUE}).")
  private Path out = Path.of("face-calibration");

  @Option(
      names = "--use",
      description = "Also puts the calibration beside the models, where terminals find it.")
  private boolean use;

  @Mixin private final FaceOptions options = new FaceOptions();

  @Override
  public Integer call() throws Fault {
    if (!(fmr > 0 && fmr <= 0.1) || frames < 1 || frames > 10) {
      throw new Fault("kazashi: --fmr is more than 0 and at most 0.1, --frames 1 to 10.");
    }
    Terms terms = options.pictures();
    FaceNetworks networks = networks(terms);
    try (ChildDecoder decoder = new ChildDecoder(terms.libraries())) {
      return told(
          new CalibrationRun(networks, decoder, frames).run(genuine, impostor, fmr),
          networks.model(),
          terms);
    } catch (IOException trouble) {
      throw new Fault("kazashi: " + trouble.getMessage());
    }
  }

  /** Here a model needs no calibration: it gets one. */
  private static FaceNetworks networks(Terms terms) throws Fault {
    if (NativeLibrary.load(terms.libraries()) instanceof NativeLibrary.Loading.Failed(String why)) {
      throw new Fault("kazashi: " + why);
    }
    return switch (FaceNetworks.load(terms.store(), terms.embedder())) {
      case FaceNetworks.Loading.Loaded(FaceNetworks loaded) -> loaded;
      case FaceNetworks.Loading.Failed(List<String> remedies) ->
          throw new Fault("kazashi: No face matching here: " + String.join("; ", remedies));
    };
  }

  private int told(CalibrationRun.Outcome outcome, FaceModel model, Terms terms)
      throws IOException, Fault {
    return switch (outcome) {
      case CalibrationRun.Outcome.Refused(String why, Optional<Roc> roc, List<String> unused) -> {
        say("REFUSED " + why);
        if (roc.isPresent()) {
          write(roc.get());
        }
        unused.forEach(person -> say("  unused: " + person));
        yield NOT_SUPPORTED;
      }
      case CalibrationRun.Outcome.Found found -> {
        write(found.roc());
        keep(found, model, terms);
        found.unused().forEach(person -> say("  unused: " + person));
        yield FOUND;
      }
    };
  }

  private void keep(CalibrationRun.Outcome.Found found, FaceModel model, Terms terms)
      throws IOException, Fault {
    Calibration calibration =
        CalibrationRun.calibration(model, found, frames, fmr, options.profile(), population);
    String name = calibration.id() + ".calibration.json";
    String text = CalibrationRun.text(model, calibration);
    Files.writeString(out.resolve(name), text);
    if (use) {
      Files.writeString(terms.folder().resolve(name), text);
    }
    Roc roc = found.roc();
    double threshold = calibration.threshold(frames);
    say(
        "FOUND threshold %.4f at %d frame(s), calibration %s"
            .formatted(threshold, frames, calibration.id()));
    say(
        "  false matches %d of %,d; the rate is at most %.3g with 95 %% confidence (Clopper-Pearson)"
            .formatted(roc.falseMatches(threshold), roc.impostors(), found.fmrAtMost()));
    say(
        "  false non-matches %d of %,d (%.2f %%)"
            .formatted(roc.falseNonMatches(threshold), roc.genuine(), 100 * roc.fnmr(threshold)));
    say(
        "  pairs that share a person depend on each other a little: the true bound is somewhat"
            + " wider");
    say("  " + out.resolve(name) + (use ? ", and in use" : "; --use puts it beside the models"));
  }

  private void write(Roc roc) throws IOException {
    Files.createDirectories(out);
    Files.writeString(out.resolve("roc.csv"), CalibrationRun.csv(roc));
    Files.writeString(out.resolve("roc.svg"), CalibrationRun.svg(roc));
    say(
        "  equal error rate %.2f %%; %s"
            .formatted(100 * roc.equalErrorRate(), out.resolve("roc.svg")));
  }

  private void say(String line) {
    PrintWriter writer = spec.commandLine().getOut();
    writer.println(line);
    writer.flush();
  }
}
