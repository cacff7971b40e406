package jp.kazashi.simulator.world;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import jp.kazashi.simulator.population.Feed.Intake;

/** Sends feeds to the gateway over mutual TLS, each as the payer it comes from. */
final class FeedLine {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Duration CONNECTING = Duration.ofSeconds(10);

  private final URI gateway;
  private final Function<String, SSLContext> identities;
  private final Map<String, HttpClient> lines = new ConcurrentHashMap<>();

  /**
   * A line that is opened when something is sent.
   *
   * @param identities as a payer of that number, towards the gateway
   */
  FeedLine(URI gateway, Function<String, SSLContext> identities) {
    this.gateway = gateway;
    this.identities = identities;
  }

  /**
   * What the gateway said.
   *
   * @param rejectedLines how many; of many only the first are listed
   * @param rejected which line, which field and why
   */
  record Report(long accepted, long duplicates, long rejectedLines, List<String> rejected) {
    static Report nothing() {
      return new Report(0, 0, 0, List.of());
    }

    Report plus(Report other) {
      List<String> all = new ArrayList<>(rejected);
      all.addAll(other.rejected);
      return new Report(
          accepted + other.accepted,
          duplicates + other.duplicates,
          rejectedLines + other.rejectedLines,
          all);
    }
  }

  Report send(String payer, Intake to, String batch, BodyPublisher ndjson)
      throws IOException, InterruptedException {
    String query = "?batch=" + URLEncoder.encode(batch, StandardCharsets.UTF_8);
    HttpRequest request =
        HttpRequest.newBuilder(gateway.resolve(to.path() + query))
            .timeout(PATIENCE)
            .header("Content-Type", "application/x-ndjson")
            .POST(ndjson)
            .build();
    HttpResponse<String> response = lineOf(payer).send(request, BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException(
          "the gateway answered %d to batch %s of %s"
              .formatted(response.statusCode(), batch, payer));
    }
    return report(batch, Json.tree(response.body()));
  }

  private static Report report(String batch, JsonNode said) {
    List<String> rejected = new ArrayList<>();
    for (JsonNode refused : said.path("rejected")) {
      rejected.add(
          "%s line %s, %s: %s"
              .formatted(
                  batch,
                  refused.path("line").asText(),
                  refused.path("field").asText(),
                  refused.path("reason").asText()));
    }
    return new Report(
        said.path("accepted").asLong(),
        said.path("duplicates").asLong(),
        Math.max(rejected.size(), said.path("rejectedLines").asLong()),
        rejected);
  }

  private HttpClient lineOf(String payer) {
    return lines.computeIfAbsent(
        payer,
        number ->
            HttpClient.newBuilder()
                .sslContext(identities.apply(number))
                .connectTimeout(CONNECTING)
                .build());
  }
}
