package jp.kazashi.reader.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The world that runs here, as its world file tells. */
final class RunningWorld {

  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final String NO_WORLD = "No world is running. Start one with: ./kazashi up";
  private static final Duration LONGEST_VISIT = Duration.ofSeconds(60);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(3))
          .build();
  private final URI simulator;
  private final URI kiosk;
  private final String token;
  private final JsonNode staff;

  private RunningWorld(URI simulator, URI kiosk, String token, JsonNode staff) {
    this.simulator = simulator;
    this.kiosk = kiosk;
    this.token = token;
    this.staff = staff;
  }

  /** The world of that folder's {@code world.json}. */
  static RunningWorld in(Path home) throws Fault {
    return find(home).orElseThrow(() -> new Fault(NO_WORLD));
  }

  /**
   * Empty without a world file, and where the world it tells of has ended without taking it away.
   */
  static Optional<RunningWorld> find(Path home) throws Fault {
    Path file = home.resolve("world.json");
    try {
      JsonNode world = JSON.readTree(Files.readAllBytes(file));
      RunningWorld told =
          new RunningWorld(
              address(world, "simulator"),
              address(world, "kiosk"),
              world.path("control").asText(""),
              world.path("staff"));
      return hasEnded(world) ? Optional.empty() : Optional.of(told);
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (IOException | IllegalArgumentException broken) {
      throw new Fault(
          file + " cannot be read as a world. Start anew with: ./kazashi down && ./kazashi up");
    }
  }

  /** The number of an ended process may have become another program's. */
  private static boolean hasEnded(JsonNode world) {
    long supervisor = world.path("processes").path("supervisor").asLong();
    return supervisor > 0
        && ProcessHandle.of(supervisor)
            .filter(ProcessHandle::isAlive)
            .filter(process -> process.info().commandLine().map(RunningWorld::isOurs).orElse(true))
            .isEmpty();
  }

  private static boolean isOurs(String commandLine) {
    return commandLine.contains("kazashi");
  }

  /** What a terminal of the world is told at its start. */
  record Terminal(String gateway, Path authorities, Map<String, TerminalHere.KeyFile> keys) {
    @Override
    public String toString() {
      return "Terminal[" + gateway + "]";
    }
  }

  /** The first one of that world. */
  static Terminal terminalIn(Path home) throws Fault {
    try {
      JsonNode world = JSON.readTree(Files.readAllBytes(home.resolve("world.json")));
      if (hasEnded(world)) {
        throw new Fault(NO_WORLD);
      }
      return new Terminal(
          address(world, "gateway").toString(),
          Path.of(world.path("trust").path("certificate").asText("")),
          Map.of("READER", key(world, "READER"), "VIEWER", key(world, "VIEWER")));
    } catch (IOException none) {
      throw new Fault(NO_WORLD);
    }
  }

  private static TerminalHere.KeyFile key(JsonNode world, String role) {
    JsonNode store = world.path("keyStores").path(role);
    return new TerminalHere.KeyFile(
        Path.of(store.path("pkcs12").asText("")), store.path("password").asText(""));
  }

  URI simulator() {
    return simulator;
  }

  String token() {
    return token;
  }

  /** The demo account that confirms holders by sight. */
  JsonNode demoStaff() throws Fault {
    JsonNode first = staff.path(0);
    if (first.path("login").asText("").isEmpty()) {
      throw new Fault("This world has no demo staff. Start anew with: ./kazashi up --fresh");
    }
    return JSON.createObjectNode()
        .put("login", first.path("login").asText())
        .put("password", first.path("password").asText(""));
  }

  /** How far the world's clock is from the real one. */
  Duration offset() throws Fault {
    HttpRequest request = request(simulator, "/world").GET().timeout(LONGEST_VISIT).build();
    return Duration.ofMillis(
        read("simulator", send("simulator", request)).path("offsetMillis").asLong(0));
  }

  /** A reader of one visit. It is closed with the program that opened it, also by Ctrl-C. */
  final class HeadlessReader implements AutoCloseable {
    private final String name;
    private final Thread interrupted = new Thread(this::leave, "close-reader");

    private HeadlessReader(String name) {
      this.name = name;
      Runtime.getRuntime().addShutdownHook(interrupted);
    }

    String name() {
      return name;
    }

    @Override
    public void close() throws Fault {
      try {
        if (Runtime.getRuntime().removeShutdownHook(interrupted)) {
          closeReader(name);
        }
      } catch (IllegalStateException shuttingDown) {
        // Then the hook does it.
        return;
      }
    }

    private void leave() {
      try {
        closeReader(name);
      } catch (Fault away) {
        // There is nobody left to tell.
        return;
      }
    }
  }

  /** Puts that card on a fresh reader of its own. */
  HeadlessReader openReader(String card) throws Fault {
    ObjectNode body = JSON.createObjectNode().put("name", card);
    HttpResponse<byte[]> response = send("simulator", post(simulator, "/readers/headless", body));
    JsonNode answer = read("simulator", response);
    if (response.statusCode() != 201) {
      throw new Fault(complaint("simulator", response, answer));
    }
    return new HeadlessReader(answer.path("reader").asText());
  }

  void putCard(String reader, String card) throws Fault {
    ObjectNode body = JSON.createObjectNode().put("name", card);
    send(
        "simulator",
        request(simulator, "/readers/" + reader + "/card")
            .timeout(LONGEST_VISIT)
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(body.toString()))
            .build());
  }

  void takeCard(String reader) throws Fault {
    send(
        "simulator",
        request(simulator, "/readers/" + reader + "/card").DELETE().timeout(LONGEST_VISIT).build());
  }

  /** Takes the card off and the reader away. */
  private void closeReader(String reader) throws Fault {
    HttpRequest request =
        request(simulator, "/readers/" + reader).DELETE().timeout(LONGEST_VISIT).build();
    send("simulator", request);
  }

  /** Has the running reader carry out a visit. */
  JsonNode visit(ObjectNode order) throws Fault {
    HttpResponse<byte[]> response = send("reader", post(kiosk, "/world/visits", order));
    JsonNode answer = read("reader", response);
    if (response.statusCode() != 200) {
      throw new Fault(complaint("reader", response, answer));
    }
    return answer;
  }

  static ObjectMapper json() {
    return JSON;
  }

  private HttpResponse<byte[]> send(String part, HttpRequest request) throws Fault {
    try {
      return http.send(request, BodyHandlers.ofByteArray());
    } catch (IOException away) {
      throw new Fault(
          "The %s does not answer at %s. See what runs with: ./kazashi status"
              .formatted(part, request.uri().getAuthority()));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new Fault("Stopped.");
    }
  }

  private HttpRequest post(URI part, String path, ObjectNode body) {
    return request(part, path)
        .timeout(LONGEST_VISIT)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
        .build();
  }

  private HttpRequest.Builder request(URI part, String path) {
    return HttpRequest.newBuilder(part.resolve(path)).header("Authorization", "Bearer " + token);
  }

  private static JsonNode read(String part, HttpResponse<byte[]> response) throws Fault {
    try {
      return JSON.readTree(response.body());
    } catch (IOException foreign) {
      throw new Fault(complaint(part, response, JSON.createObjectNode()));
    }
  }

  /** The part's own words, or at least what it answered. */
  private static String complaint(String part, HttpResponse<byte[]> response, JsonNode answer) {
    String error = answer.path("error").asText("");
    return error.isEmpty()
        ? "The %s answered %d. See its log in the world's logs folder."
            .formatted(part, response.statusCode())
        : error;
  }

  private static URI address(JsonNode world, String part) throws IOException {
    String address = world.path("addresses").path(part).asText("");
    if (address.isEmpty()) {
      throw new IOException("There is no address of the " + part);
    }
    return URI.create(address);
  }
}
