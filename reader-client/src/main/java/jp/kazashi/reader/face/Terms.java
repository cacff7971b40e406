package jp.kazashi.reader.face;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What a terminal is told about faces.
 *
 * @param folder where networks are installed, and the library is kept
 * @param embedder the id of the network that compares
 */
public record Terms(Path folder, String embedder, FacePolicy policy) {

  public static final String USUAL_EMBEDDER = "face-reidentification-retail-0095-fp16";

  public Path libraries() {
    return folder.resolve("native");
  }

  public ModelStore store() {
    return new ModelStore(folder);
  }

  /** What came of making everything ready. */
  public sealed interface Opening {
    record Open(FaceNetworks networks, Calibration calibration) implements Opening {}

    record Closed(List<String> remedies) implements Opening {
      public Closed {
        remedies = List.copyOf(remedies);
      }
    }
  }

  /** Loads the library and the networks; takes about a second. */
  public Opening open() {
    return switch (NativeLibrary.load(libraries())) {
      case NativeLibrary.Loading.Failed(String why) -> new Opening.Closed(List.of(why));
      case NativeLibrary.Loading.Loaded _ ->
          switch (FaceNetworks.load(store(), embedder)) {
            case FaceNetworks.Loading.Failed(List<String> remedies) -> new Opening.Closed(remedies);
            case FaceNetworks.Loading.Loaded(FaceNetworks networks) -> calibrated(networks);
          };
    };
  }

  /**
   * Makes a matcher, or says what is missing for one.
   *
   * @param decoder is made ready for its first portrait only where there is a matcher
   */
  public FaceMatcher matcher(ChildDecoder decoder, RandomGenerator random) {
    return switch (open()) {
      case Opening.Closed(List<String> remedies) -> new UnavailableFaceMatcher(remedies);
      case Opening.Open(FaceNetworks networks, Calibration calibration) -> {
        decoder.prepare();
        yield new OnnxFaceMatcher(networks, decoder, policy, calibration, random);
      }
    };
  }

  private Opening calibrated(FaceNetworks networks) {
    Optional<Calibration> calibration = networks.model().calibration(policy.profile());
    return calibration
        .<Opening>map(c -> new Opening.Open(networks, c))
        .orElseGet(() ->
            new Opening.Closed(
                List.of(
                    "%s has no calibration %s, and a threshold of another model means nothing: run ./kazashi face calibrate"
                        .formatted(networks.model().id(), policy.profile()))));
  }
}
