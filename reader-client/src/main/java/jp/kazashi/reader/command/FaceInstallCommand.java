package jp.kazashi.reader.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import jp.kazashi.reader.face.FaceManifest;
import jp.kazashi.reader.face.FaceModel;
import jp.kazashi.reader.face.ModelInstaller;
import jp.kazashi.reader.face.ModelStore;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Brings networks here. None comes with this program: docs/face.md says where they are. */
@Command(
    name = "install",
    description = "Checks size and SHA-256 of networks against the manifest, and installs them.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all that face matching needs is installed",
      "3:something is missing or was refused",
      "1:a fault"
    },
    optionListHeading = "%nOptions:%n",
    sortOptions = false)
public final class FaceInstallCommand implements Callable<Integer> {

  private static final int ALL_THERE = 0;
  private static final int NOT_ALL = 3;

  @Spec private CommandSpec spec;

  @Option(
      names = "--from",
      paramLabel = "DIR|URL",
      required = true,
      description = "A folder, or an address under which the files lie by their names.")
  private String from;

  @Option(
      names = "--manifest",
      paramLabel = "FILE",
      description = "Describes one more model (docs/face.md); it is installed too.")
  private @Nullable Path manifest;

  @Mixin private final FaceOptions options = new FaceOptions();

  @Override
  public Integer call() throws Fault, InterruptedException {
    Path folder = options.folder();
    try {
      if (manifest != null) {
        adopt(manifest, folder);
      }
      return install(FaceManifest.in(folder), new ModelStore(folder));
    } catch (IOException wrong) {
      throw new Fault("kazashi: " + wrong.getMessage());
    }
  }

  private int install(FaceManifest models, ModelStore store) throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    boolean all = true;
    boolean embedder = false;
    for (FaceModel model : models.models()) {
      ModelInstaller.Outcome outcome = new ModelInstaller(store, from).install(model);
      boolean there =
          outcome instanceof ModelInstaller.Outcome.Installed
              || outcome instanceof ModelInstaller.Outcome.AlreadyThere;
      boolean refused = outcome instanceof ModelInstaller.Outcome.Refused;
      boolean needed = model.role() != FaceModel.Role.EMBEDDER;
      embedder |= there && !needed;
      all &= there || (!needed && !refused);
      out.printf("%-9s %s: %s%n", word(outcome), model.file(), about(outcome, needed));
      out.printf("          licence %s; %s%n", model.licence(), model.source());
      out.printf("          what it was trained on: %s%n", model.training());
    }
    out.println(
        all && embedder
            ? "All that face matching needs is in "
                + store.folder()
                + "; a reader that runs takes it in at its next start"
            : "Not all is there: docs/face.md says where the networks are.");
    out.flush();
    return all && embedder ? ALL_THERE : NOT_ALL;
  }

  private static String word(ModelInstaller.Outcome outcome) {
    return switch (outcome) {
      case ModelInstaller.Outcome.Installed _ -> "installed";
      case ModelInstaller.Outcome.AlreadyThere _ -> "there";
      case ModelInstaller.Outcome.NotThere _ -> "missing";
      case ModelInstaller.Outcome.Refused _ -> "REFUSED";
    };
  }

  private static String about(ModelInstaller.Outcome outcome, boolean needed) {
    return switch (outcome) {
      case ModelInstaller.Outcome.Installed _ -> "size and SHA-256 are right";
      case ModelInstaller.Outcome.AlreadyThere _ -> "size and SHA-256 are right; left as it is";
      case ModelInstaller.Outcome.NotThere _ ->
          needed ? "it is not there, and needed" : "it is not there; one embedder is enough";
      case ModelInstaller.Outcome.Refused(String why) -> why;
    };
  }

  private static void adopt(Path manifest, Path folder) throws IOException {
    FaceModel model = FaceManifest.model(manifest);
    Files.createDirectories(folder);
    Files.copy(
        manifest, folder.resolve(model.id() + ".model.json"), StandardCopyOption.REPLACE_EXISTING);
  }
}
