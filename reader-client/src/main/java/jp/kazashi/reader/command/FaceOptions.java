package jp.kazashi.reader.command;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import jp.kazashi.reader.face.Calibration;
import jp.kazashi.reader.face.FacePolicy;
import jp.kazashi.reader.face.Terms;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the commands about faces have in common. */
final class FaceOptions {

  @Option(
      names = "--models",
      paramLabel = "DIR",
      description = "Where networks are installed (KAZASHI_FACE_MODELS, else .kazashi/face).")
  private @Nullable Path models;

  @Option(
      names = "--model",
      paramLabel = "ID",
      description = "The network that compares (KAZASHI_FACE_MODEL).")
  private @Nullable String model;

  @Option(
      names = "--profile",
      paramLabel = "usual|strict",
      description = "How strict the threshold is (KAZASHI_FACE_PROFILE; usual).")
  private @Nullable String profile;

  Path folder() {
    return Optional.ofNullable(models)
        .or(() -> setting("KAZASHI_FACE_MODELS").map(Path::of))
        .orElseGet(() -> WorldHome.find().resolve("face"));
  }

  Calibration.Profile profile() throws Fault {
    String name =
        Optional.ofNullable(profile).or(() -> setting("KAZASHI_FACE_PROFILE")).orElse("usual");
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "usual" -> Calibration.Profile.USUAL;
      case "strict" -> Calibration.Profile.STRICT;
      default -> throw new Fault("kazashi: --profile is usual or strict, not '" + name + "'.");
    };
  }

  String embedder() {
    return Optional.ofNullable(model)
        .or(() -> setting("KAZASHI_FACE_MODEL"))
        .orElse(Terms.USUAL_EMBEDDER);
  }

  Terms pictures() throws Fault {
    return new Terms(folder(), embedder(), FacePolicy.ofPictures(profile()));
  }

  private static Optional<String> setting(String name) {
    return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
  }
}
