package jp.kazashi.simulator.world;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import jp.kazashi.simulator.population.Feed;
import jp.kazashi.simulator.population.PopulationLoad;

/** Sends the population's deliveries to the gateway, each as the payer it comes from. */
final class PayerLine implements PopulationLoad.Send {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final URI gateway;
  private final Function<String, SSLContext> identities;
  private final Map<String, HttpClient> lines = new ConcurrentHashMap<>();

  /**
   * @param identities as a payer of that number, towards the gateway
   */
  PayerLine(URI gateway, Function<String, SSLContext> identities) {
    this.gateway = gateway;
    this.identities = identities;
  }

  @Override
  public PopulationLoad.Taken send(Feed.Delivery delivery, String batch)
      throws IOException, InterruptedException {
    String query = "?batch=" + URLEncoder.encode(batch, StandardCharsets.UTF_8);
    HttpRequest request =
        HttpRequest.newBuilder(gateway.resolve(delivery.to().path() + query))
            .timeout(PATIENCE)
            .header("Content-Type", "application/x-ndjson")
            .POST(
                BodyPublishers.ofByteArray(delivery.lines().bytes(), 0, delivery.lines().length()))
            .build();
    HttpResponse<String> response =
        lineOf(delivery.from().number()).send(request, BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException(
          "the gateway answered %d to batch %s of %s"
              .formatted(response.statusCode(), batch, delivery.from().number()));
    }
    return taken(Json.tree(response.body()));
  }

  private static PopulationLoad.Taken taken(JsonNode report) {
    JsonNode first = report.path("rejected").path(0);
    long listed = report.path("rejected").size();
    return new PopulationLoad.Taken(
        report.path("accepted").asLong(),
        report.path("duplicates").asLong(),
        Math.max(listed, report.path("rejectedLines").asLong(listed)),
        first.isMissingNode()
            ? Optional.empty()
            : Optional.of(
                "line %s, %s: %s"
                    .formatted(
                        first.path("line").asText(),
                        first.path("field").asText(),
                        first.path("reason").asText())));
  }

  private HttpClient lineOf(String payer) {
    return lines.computeIfAbsent(
        payer,
        number ->
            HttpClient.newBuilder()
                .sslContext(identities.apply(number))
                .connectTimeout(Duration.ofSeconds(10))
                .build());
  }
}
