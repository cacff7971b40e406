package jp.kazashi.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import jp.kazashi.consent.pages.KioskSetup;
import jp.kazashi.reader.link.Answers;
import jp.kazashi.reader.link.TestTransport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real terminal without a card reader: its screens are there, the simulated world's doors not.
 */
@Timeout(60)
class TerminalTest {

  private static final TestTransport TRANSPORT = new TestTransport();

  @TempDir Path folder;

  private Optional<ReaderSettings.KeyFile> deskKey = Optional.empty();
  private final Written written = new Written();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @Test
  void bothScreensAreServed() throws Exception {
    try (Terminal terminal = terminal(0)) {
      terminal.start();

      assertThat(get("kiosk", "").body()).contains("1312345670").doesNotContain("模擬");
      assertThat(get("desk", "").statusCode()).isEqualTo(303);
      assertThat(get("desk", "sign-in").body()).contains("職員のサインイン");
      assertThat(get("desk", "nowhere").body()).contains("この画面はありません");
    }
  }

  @Test
  void terminalWithoutItsReaderSaysAtBothScreensThatItIsIll() throws Exception {
    try (Terminal terminal = terminal(0)) {
      terminal.start();
      String all = awaitLine("reader.away");

      for (String screen : new String[] {"kiosk", "desk"}) {
        HttpResponse<String> health = get(screen, "health");
        assertThat(health.statusCode()).as(all).isEqualTo(503);
        assertThat(health.body())
            .startsWith("{\"status\":\"DOWN\",\"readers\":{\"No such reader\":\"");
      }
    }
  }

  @Test
  void realTerminalHasNoDoorForASimulatedWorld() throws Exception {
    try (Terminal terminal = terminal(0)) {
      terminal.start();
      for (String path : new String[] {"world/visits", "world/clock"}) {
        HttpRequest request =
            HttpRequest.newBuilder(address("kiosk").resolve(path))
                .header("Authorization", "Bearer ")
                .PUT(BodyPublishers.ofString("{\"offsetMillis\":1}"))
                .build();

        assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isIn(403, 404);
      }
    }
  }

  @Test
  void portThatIsTakenIsNamedWithTheNextStep() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Terminal terminal = terminal(taken.getLocalPort())) {
      assertThatThrownBy(terminal::start)
          .isInstanceOf(BadSettings.class)
          .hasMessageContaining(String.valueOf(taken.getLocalPort()))
          .hasMessageContaining("KAZASHI_KIOSK_PORT");
    }
  }

  @Test
  void deskOverTlsIsWhollyOverTls() throws Exception {
    String name = "desk.clinic.example";
    deskKey =
        Optional.of(
            new ReaderSettings.KeyFile(TRANSPORT.server(folder, name), TestTransport.PASSWORD));
    try (Terminal terminal = terminal(0)) {
      terminal.start();
      URI desk = address("desk");
      assertThat(desk.getScheme()).isEqualTo("https");

      String page = ask(desk.getPort(), name, "TLSv1.3");
      assertThat(page).startsWith("HTTP/1.1 200").contains("職員のサインイン");
      assertThat(page.toLowerCase(Locale.ROOT))
          .contains("strict-transport-security: max-age=")
          .containsPattern("set-cookie: kazashi-desk=[^\n]*; secure");
      assertThat(ask(desk.getPort(), "localhost", "TLSv1.3"))
          .as("the kiosk of this machine has no TLS")
          .startsWith("HTTP/1.1 200")
          .doesNotContain("trict-")
          .doesNotContain("STRICT-");
      assertThat(ask(desk.getPort(), "elsewhere.example", "TLSv1.3"))
          .startsWith("HTTP/1.1 421")
          .contains("another name");

      assertThatThrownBy(() -> ask(desk.getPort(), name, "TLSv1.2"))
          .isInstanceOf(IOException.class);
      assertThatThrownBy(() ->
              http.send(
                  HttpRequest.newBuilder(
                          URI.create("http://127.0.0.1:" + desk.getPort() + "/sign-in"))
                      .build(),
                  BodyHandlers.ofString()))
          .isInstanceOf(IOException.class);
      assertThat(address("kiosk").getScheme()).isEqualTo("http");
    }
  }

  /** As a browser that knows this machine by that name. */
  private static String ask(int port, String host, String protocol) throws Exception {
    try (SSLSocket socket =
        (SSLSocket) TRANSPORT.browser().getSocketFactory().createSocket("127.0.0.1", port)) {
      socket.setEnabledProtocols(new String[] {protocol});
      String request =
          "GET /sign-in HTTP/1.1\r\nHost: %s:%d\r\nConnection: close\r\n\r\n".formatted(host, port);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private Terminal terminal(int kioskPort) throws Exception {
    ReaderSettings settings =
        new ReaderSettings(
            URI.create("https://127.0.0.1:1"),
            TRANSPORT.authorities(folder),
            new ReaderSettings.KeyFile(TRANSPORT.terminal(folder), TestTransport.PASSWORD),
            Optional.empty(),
            kioskPort,
            new ReaderSettings.DeskAddress(InetAddress.ofLiteral("127.0.0.1"), 0, deskKey),
            Optional.of("No such reader"),
            Optional.empty(),
            Optional.empty(),
            Optional.of(folder.resolve("data")),
            KioskSetup.Loudness.OFF,
            Optional.empty(),
            false);
    PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);
    return new Terminal(settings, () -> Answers.NOW, System::nanoTime, out);
  }

  private String awaitLine(String event) throws InterruptedException {
    return written.await(event);
  }

  /** Wakes whoever waits for what is written. */
  private static final class Written extends ByteArrayOutputStream {
    @Override
    public synchronized void write(byte[] bytes, int from, int length) {
      super.write(bytes, from, length);
      notifyAll();
    }

    synchronized String await(String event) throws InterruptedException {
      while (!toString(StandardCharsets.UTF_8).contains(event)) {
        wait();
      }
      return toString(StandardCharsets.UTF_8);
    }
  }

  private HttpResponse<String> get(String screen, String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(address(screen).resolve(path)).build();
    return http.send(request, BodyHandlers.ofString());
  }

  /** The terminal says where it is when it is ready. */
  private URI address(String screen) throws Exception {
    String first = written.toString(StandardCharsets.UTF_8).lines().findFirst().orElseThrow();
    JsonNode ready = JsonMapper.builder().build().readTree(first);
    assertThat(ready.path("event").asText()).isEqualTo("reader.ready");
    return URI.create(ready.path(screen).asText());
  }
}
