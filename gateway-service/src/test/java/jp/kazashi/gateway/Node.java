package jp.kazashi.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One gateway as the Dockerfile starts it: a process of its own, set by its environment. */
final class Node implements AutoCloseable {
  /** On a machine that does much else. */
  private static final Duration LONGEST_START = Duration.ofMinutes(3);

  private static final Path ROOT = Path.of(System.getProperty("kazashi.root"));
  private static final Path APPLICATION = ROOT.resolve("gateway-service/target/quarkus-app");
  private static final Learnt LEARNT =
      new Learnt(APPLICATION.resolve("quarkus-run.jar"), APPLICATION.resolve("app.aot"));

  private final Process process;
  private final int port;
  private final int management;
  private final Path log;

  private Node(Process process, int port, int management, Path log) {
    this.process = process;
    this.port = port;
    this.management = management;
    this.log = log;
  }

  static Node start(String id, Map<String, String> settings) throws IOException {
    return start(id, settings, LEARNT.isUsable() ? LEARNT.use() : List.of());
  }

  /**
   * Starts a node whose way those after it, and the worlds of this build, are spared (ADR 0008).
   * When it was asked to end it keeps what it learnt, if it can.
   */
  static Node startToLearn(String id, Map<String, String> settings) throws IOException {
    return start(id, settings, LEARNT.isUsable() ? LEARNT.use() : LEARNT.learn());
  }

  private static Node start(String id, Map<String, String> settings, List<String> options)
      throws IOException {
    Path log = Files.createTempFile("kazashi-" + id, ".log");
    int port = freePort();
    int management = freePort();
    List<String> command = entryPoint();
    command.set(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(1, options);
    ProcessBuilder starting = new ProcessBuilder(command);
    starting.directory(APPLICATION.toFile());
    starting.redirectErrorStream(true).redirectOutput(log.toFile());
    Map<String, String> environment = starting.environment();
    settings.forEach((name, value) -> environment.put(variable(name), value));
    environment.put("KAZASHI_NODE_ID", id);
    environment.put("KAZASHI_GATEWAY_PORT", Integer.toString(port));
    environment.put("KAZASHI_GATEWAY_MANAGEMENT_PORT", Integer.toString(management));
    Node node = new Node(starting.start(), port, management, log);
    try {
      Management.await("ready: " + log, LONGEST_START, node::isReady);
      return node;
    } catch (AssertionError notReady) {
      node.kill();
      throw notReady;
    }
  }

  private static List<String> entryPoint() throws IOException {
    String dockerfile = Files.readString(ROOT.resolve("gateway-service/Dockerfile"));
    Matcher line = Pattern.compile("(?m)^ENTRYPOINT (\\[.*])$").matcher(dockerfile);
    if (!line.find()) {
      throw new AssertionError("the Dockerfile has no entry point");
    }
    String[] words = new ObjectMapper().readValue(line.group(1), String[].class);
    return new ArrayList<>(Arrays.asList(words));
  }

  boolean isReady() {
    if (!process.isAlive()) {
      throw new AssertionError("the node ended; see " + log);
    }
    return answer().map(answer -> answer.statusCode() == 200).orElse(false);
  }

  /** What readiness says. */
  String health() {
    return answer().map(HttpResponse::body).orElse("");
  }

  private Optional<HttpResponse<String>> answer() {
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI ready = URI.create("http://127.0.0.1:" + management + "/q/health/ready");
      return Optional.of(
          http.send(HttpRequest.newBuilder(ready).build(), HttpResponse.BodyHandlers.ofString()));
    } catch (IOException notYet) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  int port() {
    return port;
  }

  URI address() {
    return URI.create("https://localhost:" + port + "/");
  }

  /** As a power cut would. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** As an operator would: TERM. */
  void ask() {
    process.destroy();
  }

  boolean endsWithin(long seconds) throws InterruptedException {
    return process.waitFor(seconds, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws IOException {
    kill();
    Files.deleteIfExists(log);
  }

  /** What a JVM keeps of a program: worth nothing once that was built anew. */
  private record Learnt(Path program, Path cache) {
    boolean isUsable() throws IOException {
      return Files.exists(cache)
          && Files.getLastModifiedTime(cache).compareTo(Files.getLastModifiedTime(program)) >= 0;
    }

    List<String> use() {
      return List.of("-XX:AOTCache=" + cache, "-Xlog:aot*=off");
    }

    /** The JVM makes the file by itself at its end. */
    List<String> learn() {
      return List.of("-XX:AOTCacheOutput=" + cache, "-Xlog:aot*=off");
    }
  }

  private static String variable(String property) {
    return property.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
