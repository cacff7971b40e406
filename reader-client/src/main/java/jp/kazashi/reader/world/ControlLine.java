package jp.kazashi.reader.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import jp.kazashi.reader.link.WireJson;

/** What the simulator says to its terminals. */
record ControlLine(URI control, String token) {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Empty where it is away, or says no. */
  Optional<JsonNode> get(String path) {
    HttpRequest request =
        HttpRequest.newBuilder(control.resolve(path))
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + token)
            .build();
    try {
      HttpResponse<byte[]> response = Shared.HTTP.send(request, BodyHandlers.ofByteArray());
      return response.statusCode() == 200
          ? Optional.of(Shared.JSON.readTree(response.body()))
          : Optional.empty();
    } catch (IOException away) {
      return Optional.empty();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return "ControlLine[…]";
  }

  /** One line to the simulator for every reader, opened when the first card is looked at. */
  private static final class Shared {
    static final HttpClient HTTP =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    static final ObjectMapper JSON = WireJson.mapper();
  }
}
