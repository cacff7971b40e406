package jp.kazashi.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A whole world in a folder and on ports of its own, used as a person at a terminal would. */
final class World implements AutoCloseable {
  private static final int PORTS = 10;
  private static final long PATIENCE_SECONDS = 120;
  private static final Path ROOT = Path.of(System.getProperty("kazashi.root"));

  private final ObjectMapper json = new ObjectMapper();
  private final Path home;
  private final int port;

  private World(Path home, int port) {
    this.home = home;
    this.port = port;
  }

  /** What a command came to. */
  record Outcome(int exit, String out, String err) {
    JsonNode json() {
      try {
        return new ObjectMapper().readTree(out);
      } catch (IOException e) {
        throw new AssertionError("not JSON: " + out + err, e);
      }
    }
  }

  /** A place for a world, with nothing started. */
  static World at(Path home) throws IOException {
    Path programs = Files.createDirectories(home).resolve("programs");
    if (!Files.exists(programs)) {
      // Unpacked once for all tests.
      Files.createSymbolicLink(
          programs, Files.createDirectories(ROOT.resolve(".kazashi").resolve("programs")));
    }
    return new World(home, freePorts());
  }

  static World up(Path home, String... options) throws IOException {
    World world = at(home);
    Outcome up =
        world.run(
            Stream.concat(Stream.of("up", "--detach"), Stream.of(options)).toArray(String[]::new));
    if (up.exit() != 0) {
      throw new AssertionError("the world did not start:\n" + up.out() + up.err());
    }
    return world;
  }

  Outcome run(String... arguments) {
    return run(Map.of(), arguments);
  }

  Outcome run(Map<String, String> settings, String... arguments) {
    try {
      Path out = Files.createTempFile(home, "out", ".txt");
      Path err = Files.createTempFile(home, "err", ".txt");
      Process process = start(settings, out, err, arguments);
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("no end of: kazashi " + String.join(" ", arguments));
      }
      Outcome outcome =
          new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
      Files.delete(out);
      Files.delete(err);
      return outcome;
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Starts a command without waiting for its end. */
  Process start(Map<String, String> settings, Path out, Path err, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(ROOT.resolve("kazashi").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    Map<String, String> environment = builder.environment();
    environment.put("KAZASHI_HOME", home.toString());
    environment.put("KAZASHI_PORT", Integer.toString(port));
    environment.put("KAZASHI_BUILD", "never"); // Maven has just built it
    environment.put("NO_COLOR", "1");
    environment.putAll(settings);
    return builder.start();
  }

  JsonNode file() {
    try {
      return json.readTree(home.resolve("world.json").toFile());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  String address(String part) {
    return file().path("addresses").path(part).asText();
  }

  /** What {@code ./kazashi status} asks the parts, without its process: for who asks often. */
  boolean isWell() {
    return Files.exists(home.resolve("world.json"))
        && isWell("simulator", "/health")
        && isWell("management", "/q/health/ready")
        && isWell("kiosk", "/health");
  }

  private boolean isWell(String address, String path) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI health = URI.create(address(address)).resolve(path);
      return http.send(HttpRequest.newBuilder(health).build(), BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException notThere) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** What the gateway answers to a role of this world. */
  JsonNode get(String role, String path) {
    JsonNode keys = file().path("keyStores").path(role);
    JsonNode trust = file().path("trust");
    try (HttpClient http = HttpClient.newBuilder().sslContext(identity(keys, trust)).build()) {
      URI address = URI.create(address("gateway")).resolve(path);
      return json.readTree(
          http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofByteArray()).body());
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static SSLContext identity(JsonNode keys, JsonNode trust)
      throws IOException, GeneralSecurityException {
    KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
    own.init(store(keys), keys.path("password").asText().toCharArray());
    TrustManagerFactory trusted = TrustManagerFactory.getInstance("PKIX");
    trusted.init(store(trust));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
    return context;
  }

  private static KeyStore store(JsonNode file) throws IOException, GeneralSecurityException {
    return KeyStore.getInstance(
        Path.of(file.path("pkcs12").asText()).toFile(),
        file.path("password").asText().toCharArray());
  }

  /** The password of a demo account. */
  String password(String login) {
    for (JsonNode account : file().path("staff")) {
      if (account.path("login").asText().equals(login)) {
        return account.path("password").asText();
      }
    }
    throw new AssertionError("no account " + login);
  }

  long pid(String part) {
    return file().path("processes").path(part).asLong();
  }

  /** STOP, CONT or KILL to a part of this world. */
  void signal(String which, String part) {
    try {
      Process kill = new ProcessBuilder("kill", "-" + which, Long.toString(pid(part))).start();
      if (kill.waitFor() != 0) {
        throw new AssertionError("no " + which + " to the " + part);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  Path home() {
    return home;
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    run("down");
  }

  /** The first of ten ports in a row that nobody listens on. */
  private static int freePorts() {
    for (int attempt = 0; attempt < 100; attempt++) {
      int base = ThreadLocalRandom.current().nextInt(2000, 3000) * PORTS;
      if (IntStream.range(base, base + PORTS).allMatch(World::isFree)) {
        return base;
      }
    }
    throw new AssertionError("no ten free ports in a row");
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
