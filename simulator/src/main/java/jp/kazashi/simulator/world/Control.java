package jp.kazashi.simulator.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Talks to the simulator's control of the running world. */
final class Control {
  private final URI address;
  private final String token;
  private final Duration patience;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3)).build();

  Control(URI address, String token, Duration patience) {
    this.address = address;
    this.token = token;
    this.patience = patience;
  }

  /** Of the world that runs in this home; says the next step where none does. */
  static Control of(WorldHome home) {
    WorldFile world = running(home);
    String address = world.addresses().get("simulator");
    if (address == null) {
      throw new WorldTrouble("The world is still starting: try again in a moment.");
    }
    return new Control(URI.create(address), world.control(), Duration.ofSeconds(60));
  }

  static WorldFile running(WorldHome home) {
    Path file = home.worldFile();
    if (WorldLock.holder(home.lock()).isEmpty()) {
      throw new WorldTrouble("No world runs here. Start one: ./kazashi up --detach");
    }
    return switch (WorldFile.read(file)) {
      case WorldFile.Found found -> found.world();
      case WorldFile.Missing() ->
          throw new WorldTrouble("The world is still starting: try again in a moment.");
      case WorldFile.Unreadable unreadable ->
          throw new WorldTrouble(
              file
                  + " cannot be read: "
                  + unreadable.why()
                  + ". Start anew: ./kazashi down && ./kazashi up");
    };
  }

  /** The body of a good answer; a refusal becomes its own words. */
  String ask(String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve(path))
            .timeout(patience)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      if (response.statusCode() / 100 == 2) {
        return response.body();
      }
      throw new WorldTrouble(error(response.statusCode(), response.body()));
    } catch (IOException away) {
      throw new WorldTrouble(
          "The simulator does not answer at " + address + ": look at ./kazashi status", away);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new WorldTrouble("Interrupted while asking the simulator.", stopped);
    }
  }

  /** Each line of an answer that is told as it happens, however long that takes. */
  void follow(String method, String path, String body, Consumer<String> line) {
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve(path))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<Stream<String>> response = http.send(request, BodyHandlers.ofLines());
      try (Stream<String> lines = response.body()) {
        if (response.statusCode() / 100 != 2) {
          throw new WorldTrouble(
              error(response.statusCode(), lines.collect(Collectors.joining("\n"))));
        }
        lines.forEach(line);
      }
    } catch (IOException | UncheckedIOException away) {
      throw new WorldTrouble(
          "The simulator does not answer at " + address + ": look at ./kazashi status", away);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new WorldTrouble("Interrupted while asking the simulator.", stopped);
    }
  }

  private static String error(int status, String body) {
    try {
      String said = Json.tree(body).path("error").asText();
      if (!said.isEmpty()) {
        return said;
      }
    } catch (IOException noJson) {
      // Then the status is all there is to say.
    }
    return "The simulator answered " + status + ".";
  }
}
