package jp.kazashi.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.eclipse.microprofile.config.ConfigProvider;

/** The management port, as a monitoring system reads it. */
final class Management {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Management() {}

  static JsonNode health(String kind) {
    try {
      return new ObjectMapper().readTree(text("/q/health/" + kind));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static String metrics() {
    return text("/q/metrics");
  }

  /** What the simulator does: the world first, then the gateway. */
  static void moveClock(GatewayWorld world, Duration offset) {
    world.moveTo(offset);
    int port = ConfigProvider.getConfig().getValue("quarkus.management.port", Integer.class);
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<Void> moved =
          http.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/world/clock"))
                  .header("Authorization", "Bearer " + GatewayWorld.CONTROL)
                  .PUT(
                      HttpRequest.BodyPublishers.ofString(
                          "{\"offsetMillis\":" + offset.toMillis() + "}"))
                  .build(),
              HttpResponse.BodyHandlers.discarding());
      assertThat(moved.statusCode()).isEqualTo(204);
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static String text(String path) {
    int port = ConfigProvider.getConfig().getValue("quarkus.management.port", Integer.class);
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI address = URI.create("http://127.0.0.1:" + port + path);
      return http.send(
              HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Looks again and again: nothing tells when a file was read. */
  static void await(String what, BooleanSupplier holds) {
    await(what, PATIENCE, holds);
  }

  static void await(String what, Duration patience, BooleanSupplier holds) {
    long end = System.nanoTime() + patience.toNanos();
    while (!holds.getAsBoolean()) {
      assertThat(System.nanoTime()).as("it did not come to this: " + what).isLessThan(end);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }
}
