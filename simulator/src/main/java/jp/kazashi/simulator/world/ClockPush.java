package jp.kazashi.simulator.world;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;

/**
 * Tells every part the offset until it acknowledges, within bounds. A part that is just being
 * restarted acknowledges when it is back.
 */
final class ClockPush {
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final Map<String, URI> parts;
  private final String token;
  private final Duration patience;
  private final LongSupplier nanoTime;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

  ClockPush(Map<String, URI> parts, String token, Duration patience, LongSupplier nanoTime) {
    this.parts = Map.copyOf(parts);
    this.token = token;
    this.patience = patience;
    this.nanoTime = nanoTime;
  }

  /** Returns the parts that did not acknowledge in time: none, normally. */
  List<String> push(long offsetMillis) {
    List<String> silent = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Map<String, CompletableFuture<Boolean>> acknowledged = new TreeMap<>();
      parts.forEach((name, clock) ->
          acknowledged.put(
              name, CompletableFuture.supplyAsync(() -> tell(clock, offsetMillis), threads)));
      acknowledged.forEach((name, answer) -> {
        if (!answer.join()) {
          silent.add(name);
        }
      });
    }
    return silent;
  }

  private boolean tell(URI clock, long offsetMillis) {
    HttpRequest request =
        HttpRequest.newBuilder(clock)
            .timeout(Duration.ofSeconds(5))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString("{\"offsetMillis\":" + offsetMillis + "}"))
            .build();
    long deadline = nanoTime.getAsLong() + patience.toNanos();
    try {
      while (true) {
        try {
          if (http.send(request, BodyHandlers.discarding()).statusCode() == 204) {
            return true;
          }
        } catch (IOException away) {
          // Its supervisor is bringing it back.
        }
        if (nanoTime.getAsLong() > deadline) {
          return false;
        }
        Thread.sleep(PAUSE);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
