package jp.kazashi.consent.pages;

import static java.util.Objects.requireNonNull;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A browser without a screen, and the server of the pages it looks at. */
final class Browser implements AutoCloseable {

  private final Vertx vertx;
  private final int port;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .cookieHandler(new CookieManager())
          .build();

  private Browser(Vertx vertx, int port) {
    this.vertx = vertx;
    this.port = port;
  }

  static Browser at(Function<Vertx, Router> pages) {
    Vertx vertx = Vertx.vertx();
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(pages.apply(vertx))
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    return new Browser(vertx, server.actualPort());
  }

  int port() {
    return port;
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
  }

  /** As somebody goes to a page, and not as one of our scripts asks for a part. */
  HttpResponse<String> look(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri(path)).header("Accept", "text/html,*/*;q=0.8").build();
    return http.send(request, BodyHandlers.ofString());
  }

  /** The token our own page carries; asking for the page sets the cookie. */
  String token() throws IOException, InterruptedException {
    return token("/");
  }

  private String token(String page) throws IOException, InterruptedException {
    Matcher token =
        Pattern.compile("name=\"kazashi-token\" content=\"([^\"]+)\"").matcher(get(page).body());
    if (!token.find()) {
      throw new IllegalStateException("The page carries no token");
    }
    return token.group(1);
  }

  int post(String path, String token) throws IOException, InterruptedException {
    return post(path, token, BodyPublishers.noBody());
  }

  int post(String path, String token, byte[] body) throws IOException, InterruptedException {
    return post(path, token, BodyPublishers.ofByteArray(body));
  }

  /** Sends a form of the page at {@code /sign-in}, as its script would. */
  int fill(String path, String form) throws IOException, InterruptedException {
    return filled(path, form).statusCode();
  }

  HttpResponse<String> filled(String path, String form) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri(path))
            .header("X-Kazashi-Token", token("/sign-in"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build();
    return http.send(request, BodyHandlers.ofString());
  }

  private int post(String path, String token, BodyPublisher body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri(path)).header("X-Kazashi-Token", token).POST(body).build();
    return http.send(request, BodyHandlers.discarding()).statusCode();
  }

  Events events(String path) throws IOException, InterruptedException {
    HttpResponse<InputStream> response =
        http.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofInputStream());
    return new Events(
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8)));
  }

  /** A socket as our own page opens it. */
  Socket socket(String path, String token) {
    Socket opened = new Socket();
    opened.open(
        http.newWebSocketBuilder()
            .header("Origin", "http://127.0.0.1:" + port)
            .buildAsync(URI.create("ws://127.0.0.1:" + port + path + "?token=" + token), opened)
            .join());
    return opened;
  }

  /** A web socket whose every frame is answered by one byte, until it is closed. */
  static final class Socket implements WebSocket.Listener, AutoCloseable {

    private final BlockingQueue<Integer> answers = new LinkedBlockingQueue<>();
    private @Nullable WebSocket socket;

    void open(WebSocket opened) {
      socket = opened;
    }

    int press(byte key) throws InterruptedException {
      return closedBy(new byte[] {key});
    }

    /** What came back: an answer, or the code it was closed with. */
    int closedBy(byte[] frame) throws InterruptedException {
      requireNonNull(socket).sendBinary(ByteBuffer.wrap(frame), true).join();
      return answers.take();
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
      answers.add((int) data.get());
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      answers.add(code);
      return null;
    }

    @Override
    public void close() {
      requireNonNull(socket).abort();
    }
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  @Override
  public void close() {
    http.shutdownNow();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  /** The server-sent events of one stream. */
  static final class Events {

    private final BufferedReader lines;

    Events(BufferedReader lines) {
      this.lines = lines;
    }

    String line() throws IOException {
      return lines.readLine();
    }

    /** All that comes before the stream ends. */
    String rest() {
      return lines.lines().collect(Collectors.joining("\n"));
    }

    /** The data of the next event of that name. */
    String next(String name) throws IOException {
      String event = "";
      StringBuilder data = new StringBuilder();
      while (true) {
        String line = lines.readLine();
        if (line == null) {
          throw new IOException("The stream has ended");
        } else if (line.startsWith("event: ")) {
          event = line.substring("event: ".length());
          data.setLength(0);
        } else if (line.startsWith("data: ")) {
          data.append(line.substring("data: ".length())).append('\n');
        } else if (line.isEmpty() && event.equals(name)) {
          return data.toString();
        }
      }
    }
  }
}
