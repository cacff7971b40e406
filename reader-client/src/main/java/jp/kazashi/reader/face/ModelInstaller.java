package jp.kazashi.reader.face;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Set;

/** Brings networks from a folder or an address into the store, if they are the ones described. */
public final class ModelInstaller {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long LARGEST = 512L * 1024 * 1024;
  private static final Set<String> WEB = Set.of("https", "http");

  private final ModelStore store;
  private final String from;

  /**
   * @param from a folder, or an address under which the files lie by their names
   */
  public ModelInstaller(ModelStore store, String from) {
    this.store = store;
    this.from = from;
  }

  /** What became of one network. */
  public sealed interface Outcome {
    record Installed() implements Outcome {}

    record AlreadyThere() implements Outcome {}

    record NotThere() implements Outcome {}

    record Refused(String why) implements Outcome {}
  }

  public Outcome install(FaceModel model) throws InterruptedException {
    if (store.find(model) instanceof ModelStore.Finding.Installed) {
      return new Outcome.AlreadyThere();
    }
    try (InputStream in = open(model.file())) {
      byte[] bytes = in.readNBytes(Math.toIntExact(model.bytes() + 1));
      return switch (ModelStore.judged(model, bytes)) {
        case ModelStore.Finding.Installed _ -> {
          write(model, bytes);
          yield new Outcome.Installed();
        }
        case ModelStore.Finding.Wrong(String how) -> new Outcome.Refused(how);
        case ModelStore.Finding.Missing _ -> new Outcome.NotThere();
      };
    } catch (NotFound none) {
      return new Outcome.NotThere();
    } catch (FileSystemException trouble) {
      return new Outcome.Refused(trouble.getClass().getSimpleName() + " " + trouble.getMessage());
    } catch (IOException trouble) {
      return new Outcome.Refused("it cannot be fetched: " + trouble.getMessage());
    }
  }

  private InputStream open(String file) throws IOException, InterruptedException {
    int scheme = from.indexOf("://");
    if (scheme < 0 || !WEB.contains(from.substring(0, scheme))) {
      Path path = Path.of(from).resolve(file);
      if (!Files.isRegularFile(path)) {
        throw new NotFound();
      }
      return Files.newInputStream(path);
    }
    URI address = URI.create(from.endsWith("/") ? from + file : from + "/" + file);
    try (HttpClient http =
        HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build()) {
      HttpResponse<byte[]> response =
          http.send(
              HttpRequest.newBuilder(address).timeout(PATIENCE).build(),
              BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST));
      if (response.statusCode() == 404) {
        throw new NotFound();
      }
      if (response.statusCode() != 200) {
        throw new IOException(address + " answered " + response.statusCode());
      }
      return new ByteArrayInputStream(response.body());
    }
  }

  private void write(FaceModel model, byte[] bytes) throws IOException {
    Files.createDirectories(store.folder());
    Path part = Files.createTempFile(store.folder(), "installing", ".part");
    try {
      Files.write(part, bytes);
      Files.move(
          part,
          store.folder().resolve(model.file()),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** Never leaves this class. */
  private static final class NotFound extends IOException {}
}
