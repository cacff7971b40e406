package jp.kazashi.reader.face;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which networks there may be. What is built in comes first; an operator adds models and
 * calibrations as files, and no code.
 */
public record FaceManifest(List<FaceModel> models) {

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES).build();
  private static final long LONGEST = 64 * 1024;

  public FaceManifest {
    models = List.copyOf(models);
  }

  /** A calibration that an operator made: it goes before the model's own. */
  private record Addition(String model, Calibration calibration) {}

  public static FaceManifest builtIn() {
    try (InputStream in = FaceManifest.class.getResourceAsStream("models.json")) {
      if (in == null) {
        throw new IllegalStateException("models.json is missing in this build.");
      }
      return JSON.readValue(in, FaceManifest.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * With what an operator put beside the models: {@code *.model.json} and {@code
   * *.calibration.json}.
   *
   * @throws IOException if one of them is no such thing; the file is named
   */
  public static FaceManifest in(Path folder) throws IOException {
    Map<String, FaceModel> models = new LinkedHashMap<>();
    builtIn().models().forEach(model -> models.put(model.id(), model));
    for (Path file : files(folder, ".model.json")) {
      FaceModel model = read(file, FaceModel.class);
      if (models.putIfAbsent(model.id(), model) != null) {
        throw new IOException(file + " describes " + model.id() + ", which is known already.");
      }
    }
    for (Path file : files(folder, ".calibration.json")) {
      Addition addition = read(file, Addition.class);
      FaceModel model = models.get(addition.model());
      if (model == null) {
        throw new IOException(file + " is about an unknown model, " + addition.model() + ".");
      }
      models.put(model.id(), with(addition.calibration(), model));
    }
    return new FaceManifest(List.copyOf(models.values()));
  }

  static String calibrationText(String model, Calibration calibration) throws IOException {
    return JSON.writerWithDefaultPrettyPrinter()
            .writeValueAsString(new Addition(model, calibration))
        + "\n";
  }

  /** The one model that a file describes. */
  public static FaceModel model(Path file) throws IOException {
    return read(file, FaceModel.class);
  }

  private static List<Path> files(Path folder, String ending) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  private static <T> T read(Path file, Class<T> type) throws IOException {
    if (Files.size(file) > LONGEST) {
      throw new IOException(file + " is too long.");
    }
    try {
      return JSON.readValue(Files.readString(file), type);
    } catch (ValueInstantiationException wrong) {
      throw new IOException(
          file + ": " + Optional.ofNullable(wrong.getCause()).orElse(wrong).getMessage(), wrong);
    } catch (JsonProcessingException wrong) {
      throw new IOException(file + ": " + wrong.getOriginalMessage(), wrong);
    }
  }

  private static FaceModel with(Calibration calibration, FaceModel model) {
    List<Calibration> all = new ArrayList<>(List.of(calibration));
    all.addAll(model.calibrations());
    return new FaceModel(
        model.id(),
        model.role(),
        model.file(),
        model.bytes(),
        model.sha256(),
        model.licence(),
        model.source(),
        model.training(),
        model.embedding(),
        model.crop(),
        all);
  }

  public Optional<FaceModel> named(String id) {
    return models.stream().filter(model -> model.id().equals(id)).findFirst();
  }

  public List<FaceModel> of(FaceModel.Role role) {
    return models.stream().filter(model -> model.role() == role).toList();
  }
}
