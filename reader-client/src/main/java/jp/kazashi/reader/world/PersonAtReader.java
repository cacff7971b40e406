package jp.kazashi.reader.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import jp.kazashi.reader.face.Camera;
import jp.kazashi.reader.face.FileCamera;
import jp.kazashi.reader.link.WireJson;

/**
 * In the simulated world whoever put a card on a reader stands before its camera: their photographs
 * lie in a folder with the name of the card.
 */
public final class PersonAtReader implements Camera.Source {

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Pattern NAME = Pattern.compile("[a-z0-9-]+");
  private static final String NOBODY = "nobody";

  private final URI readers;
  private final String token;
  private final String reader;
  private final Path photographs;
  private final LongSupplier ticks;

  public PersonAtReader(
      URI control, String token, String reader, Path photographs, LongSupplier ticks) {
    this.readers = control.resolve("/readers");
    this.token = token;
    this.reader = reader;
    this.photographs = photographs;
    this.ticks = ticks;
  }

  @Override
  public Camera open() {
    return new FileCamera(photographs.resolve(card()), FileCamera.Pace.USUAL, ticks);
  }

  private String card() {
    HttpRequest request =
        HttpRequest.newBuilder(readers)
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + token)
            .build();
    try {
      JsonNode rows =
          Line.JSON.readTree(Line.HTTP.send(request, BodyHandlers.ofByteArray()).body());
      for (JsonNode row : rows) {
        String card = row.path("card").asText("");
        if (row.path("name").asText().equals(reader) && NAME.matcher(card).matches()) {
          return card;
        }
      }
    } catch (IOException away) {
      // Then nobody is seen there.
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    return NOBODY;
  }

  private static final class Line {
    static final HttpClient HTTP =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    static final ObjectMapper JSON = WireJson.mapper();
  }
}
