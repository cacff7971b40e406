package jp.kazashi.reader.desk;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import jp.kazashi.reader.link.HttpLine;
import jp.kazashi.reader.link.LocalReasons;
import jp.kazashi.reader.link.TestTransport;
import jp.kazashi.reader.link.TlsIdentity;

/** What a desk hears over a real line: answers by method and path, and a stream of events. */
final class FakeCentre implements AutoCloseable {

  /** Ends a stream. */
  static final String END = "";

  private static final TestTransport TRANSPORT = new TestTransport();
  private static final TlsIdentity IDENTITY = identity();

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpsServer server;
  private final Map<String, Function<Asked, Answer>> answers = new ConcurrentHashMap<>();
  final List<Asked> asked = new CopyOnWriteArrayList<>();
  final BlockingQueue<String> events = new LinkedBlockingQueue<>();

  FakeCentre() {
    try {
      this.server = TRANSPORT.gateway(threads, this::handle);
    } catch (IOException | GeneralSecurityException broken) {
      throw new IllegalStateException(broken);
    }
  }

  record Asked(String what, String body, Optional<String> session, Optional<String> lastEvent) {}

  record Answer(int status, String body) {}

  /** What is answered to that, as {@code GET /v1/checks/1}. */
  FakeCentre on(String what, int status, String body) {
    return on(what, request -> new Answer(status, body));
  }

  FakeCentre on(String what, Function<Asked, Answer> answer) {
    answers.put(what, answer);
    return this;
  }

  /** As the gateway refuses. */
  static String problem(String reason) {
    return """
    {"reason":"%s","patient":{"ja":"患","en":"p"},"nextStep":{"ja":"次","en":"next"}}"""
        .formatted(reason);
  }

  long count(String what) {
    return asked.stream().filter(request -> request.what().equals(what)).count();
  }

  HttpLine line() {
    return new HttpLine(
        URI.create("https://127.0.0.1:" + server.getAddress().getPort()),
        IDENTITY,
        new HttpLine.Patience(Duration.ofSeconds(5), Duration.ofSeconds(10)),
        LocalReasons.load());
  }

  /** One for all: to make a key store takes longer than most tests. */
  private static TlsIdentity identity() {
    try {
      Path folder = Files.createTempDirectory("fake-centre");
      Path keys = TRANSPORT.terminal(folder);
      Path authorities = TRANSPORT.authorities(folder);
      TlsIdentity identity =
          TlsIdentity.read(keys, TestTransport.PASSWORD.toCharArray(), authorities);
      Files.delete(keys);
      Files.delete(authorities);
      Files.delete(folder);
      return identity;
    } catch (IOException | GeneralSecurityException broken) {
      throw new IllegalStateException(broken);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    String what = exchange.getRequestMethod() + " " + exchange.getRequestURI();
    Asked request =
        new Asked(
            what,
            new String(exchange.getRequestBody().readAllBytes(), UTF_8),
            Optional.ofNullable(exchange.getRequestHeaders().getFirst("Staff-Session")),
            Optional.ofNullable(exchange.getRequestHeaders().getFirst("Last-Event-ID")));
    asked.add(request);
    if (what.equals("GET /v1/events")) {
      stream(exchange);
      return;
    }
    Function<Asked, Answer> found = answers.get(what);
    Answer answer =
        found == null ? new Answer(404, problem("NOT_FOUND")) : found.apply(request);
    byte[] body = answer.body().getBytes(UTF_8);
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    } finally {
      exchange.close();
    }
  }

  private void stream(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      for (String event = events.take(); !event.equals(END); event = events.take()) {
        out.write(event.getBytes(UTF_8));
        out.flush();
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    } catch (UncheckedIOException gone) {
      // Whoever listened has gone.
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
