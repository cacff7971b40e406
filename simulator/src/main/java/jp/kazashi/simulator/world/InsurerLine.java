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
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** Sends feeds to the gateway as the insurer they come from, over mutual TLS. */
final class InsurerLine {
  private final URI gateway;
  private final Map<Insurer, HttpClient> lines;

  InsurerLine(URI gateway, Map<Insurer, SSLContext> identities) {
    this.gateway = gateway;
    this.lines = new EnumMap<>(Insurer.class);
    identities.forEach((insurer, identity) ->
        lines.put(
            insurer,
            HttpClient.newBuilder()
                .sslContext(identity)
                .connectTimeout(Duration.ofSeconds(5))
                .build()));
  }

  /** What the gateway said to all batches together. */
  record Report(int accepted, int duplicates, List<String> rejected) {
    Report plus(Report other) {
      List<String> all = new ArrayList<>(rejected);
      all.addAll(other.rejected);
      return new Report(accepted + other.accepted, duplicates + other.duplicates, all);
    }
  }

  Report send(List<DeckFeed.Batch> batches) throws IOException, InterruptedException {
    Report report = new Report(0, 0, List.of());
    for (DeckFeed.Batch batch : batches) {
      report = report.plus(send(batch));
    }
    return report;
  }

  private Report send(DeckFeed.Batch batch) throws IOException, InterruptedException {
    String query = "?batch=" + URLEncoder.encode(batch.id(), StandardCharsets.UTF_8);
    HttpRequest request =
        HttpRequest.newBuilder(gateway.resolve(batch.to().path() + query))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/x-ndjson")
            .POST(BodyPublishers.ofString(batch.ndjson()))
            .build();
    HttpClient line = Optional.ofNullable(lines.get(batch.from())).orElseThrow();
    HttpResponse<String> response = line.send(request, BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException(
          "the gateway answered %d to batch %s".formatted(response.statusCode(), batch.id()));
    }
    JsonNode said = Json.tree(response.body());
    List<String> rejected = new ArrayList<>();
    for (JsonNode refused : said.path("rejected")) {
      rejected.add(
          "%s line %s: %s %s"
              .formatted(
                  batch.id(),
                  refused.path("line").asText(),
                  refused.path("field").asText(),
                  refused.path("reason").asText()));
    }
    return new Report(said.path("accepted").asInt(), said.path("duplicates").asInt(), rejected);
  }
}
