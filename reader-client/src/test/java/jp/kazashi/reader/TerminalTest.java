package jp.kazashi.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
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
import java.util.Optional;
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

  private Terminal terminal(int kioskPort) throws Exception {
    ReaderSettings settings =
        new ReaderSettings(
            URI.create("https://127.0.0.1:1"),
            TRANSPORT.authorities(folder),
            new ReaderSettings.KeyFile(TRANSPORT.terminal(folder), TestTransport.PASSWORD),
            Optional.empty(),
            kioskPort,
            0,
            Optional.of("No such reader"),
            Optional.empty(),
            Optional.empty(),
            Optional.of(folder.resolve("data")),
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
