package jp.kazashi.reader.world;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import jp.kazashi.reader.link.WireJson;
import jp.kazashi.reader.myna.CardFaceScan;
import jp.kazashi.reader.myna.FaceNumber;

/**
 * What is printed on the card that lies on a virtual reader, told by the simulator as a camera over
 * the reader would. It is 照合番号B; the simulator has no way to tell 照合番号A.
 */
public final class SimulatorFaceScan implements CardFaceScan {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final URI address;
  private final String token;

  public SimulatorFaceScan(URI control, String token, String reader) {
    String name = URLEncoder.encode(reader, StandardCharsets.UTF_8).replace("+", "%20");
    this.address = control.resolve("/readers/" + name + "/printed-number");
    this.token = token;
  }

  @Override
  public Optional<FaceNumber> scan() {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + token)
            .build();
    try {
      HttpResponse<byte[]> response = Line.HTTP.send(request, BodyHandlers.ofByteArray());
      return response.statusCode() == 200 ? number(response.body()) : Optional.empty();
    } catch (IOException away) {
      return Optional.empty();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private Optional<FaceNumber> number(byte[] body) throws IOException {
    byte[] digits =
        Line.JSON.readTree(body).path("number").asText("").getBytes(StandardCharsets.US_ASCII);
    return FaceNumber.isWellFormed(digits)
        ? Optional.of(FaceNumber.taking(digits))
        : Optional.empty();
  }

  /** One line to the simulator for every reader, opened when the first card is looked at. */
  private static final class Line {
    static final HttpClient HTTP =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    static final ObjectMapper JSON = WireJson.mapper();
  }
}
