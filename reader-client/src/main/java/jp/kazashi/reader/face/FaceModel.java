package jp.kazashi.reader.face;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One network as the manifest describes it. The bytes that are loaded are the bytes whose hash is
 * written here.
 *
 * @param embedding how to feed an embedder and read it; none for other roles
 * @param crop how much around the face a liveness network sees, in widths of the face
 */
@JsonIgnoreProperties(ignoreUnknown = false)
public record FaceModel(
    String id,
    Role role,
    String file,
    long bytes,
    String sha256,
    String licence,
    String source,
    String training,
    @Nullable Embedding embedding,
    @Nullable Double crop,
    @Nullable List<Calibration> calibrations) {

  private static final long LARGEST = 512L * 1024 * 1024;

  /** What a network is for. */
  public enum Role {
    DETECTOR,
    EMBEDDER,
    LIVENESS,
    MESH
  }

  /** How embeddings are compared; another metric is another class, not another number. */
  public enum Metric {
    COSINE
  }

  /**
   * How a face goes into an embedder and what comes out.
   *
   * @param reference where eyes, nose and corners of the mouth go, as x and y of each, from the
   *     left of the picture to the right
   */
  public record Embedding(
      int width,
      int height,
      boolean rgb,
      List<Double> mean,
      double scale,
      List<Double> reference,
      int dimension,
      Metric metric) {
    public Embedding {
      require(width >= 32 && width <= 512 && height >= 32 && height <= 512, "32 to 512 points");
      require(mean.size() == 3, "a mean of three numbers");
      require(reference.size() == 10, "five reference points");
      require(dimension >= 16 && dimension <= 4_096, "16 to 4096 dimensions");
      mean = List.copyOf(mean);
      reference = List.copyOf(reference);
      Objects.requireNonNull(metric, "metric");
    }
  }

  public FaceModel {
    require(id.matches("[a-z0-9][a-z0-9.-]{1,63}"), "an id of small letters, digits, . and -");
    require(file.matches("[A-Za-z0-9][A-Za-z0-9._-]{1,99}"), "a plain file name");
    require(bytes > 0 && bytes <= LARGEST, "a size up to 512 MB");
    require(sha256.matches("[0-9a-f]{64}"), "a SHA-256 in small hexadecimal digits");
    require(role != Role.EMBEDDER || embedding != null, "an embedding, being an embedder");
    require(role != Role.LIVENESS || crop != null, "a crop, being for liveness");
    Objects.requireNonNull(licence, "licence");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(training, "training");
    calibrations = calibrations == null ? List.of() : List.copyOf(calibrations);
  }

  @Override
  public List<Calibration> calibrations() {
    return calibrations == null ? List.of() : calibrations;
  }

  Embedding asEmbedding() {
    return Objects.requireNonNull(embedding);
  }

  double cropped() {
    return Objects.requireNonNull(crop);
  }

  Optional<Calibration> calibration(Calibration.Profile profile) {
    return calibrations().stream().filter(c -> c.profile() == profile).findFirst();
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException("A model needs " + what + ".");
    }
  }
}
