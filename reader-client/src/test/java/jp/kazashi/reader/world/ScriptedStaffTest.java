package jp.kazashi.reader.world;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import jp.kazashi.reader.desk.DeskLink;
import jp.kazashi.reader.desk.StaffLogin;
import jp.kazashi.reader.link.GatewayReply;
import jp.kazashi.reader.link.HttpLine;
import jp.kazashi.reader.link.LocalReasons;
import jp.kazashi.reader.link.StaffPass;
import jp.kazashi.reader.link.TestTransport;
import jp.kazashi.reader.link.TlsIdentity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ScriptedStaffTest {

  private static final TestTransport TRANSPORT = new TestTransport();
  private static final StaffLogin WHO = new StaffLogin("uketsuke", "pw-1");

  @TempDir Path folder;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final Map<String, Told> tells =
      new HashMap<>(
          Map.of(
              "/v1/staff/sessions",
              new Told(
                  201,
                  """
                  {"token": "token-1", "expiresAt": "2026-12-01T08:00:00Z",
                   "staff": {"name": "受付　さくら", "role": "CLERK"}}
                  """),
              "/v1/visual-checks",
              new Told(201, "{\"pass\": \"pass-1\", \"terminal\": \"kiosk-1\"}")));
  private HttpsServer gateway;

  private record Told(int status, String body) {}

  @BeforeEach
  void start() throws Exception {
    gateway = TRANSPORT.gateway(threads, this::handle);
  }

  @AfterEach
  void stop() {
    gateway.stop(0);
    threads.shutdownNow();
  }

  @Test
  void passIsDrawnInASessionOfTheNamedAccountForThatTerminal() throws Exception {
    GatewayReply<StaffPass> reply = staff().draw();

    assertThat(reply).isEqualTo(new GatewayReply.Given<>(new StaffPass("pass-1")));
    assertThat(calls)
        .containsExactly(
            "/v1/staff/sessions null {\"login\":\"uketsuke\",\"password\":\"pw-1\"}",
            "/v1/visual-checks token-1 {\"terminal\":\"kiosk-1\"}");
  }

  @Test
  void whoCannotSignInConfirmsNobody() throws Exception {
    tells.put(
        "/v1/staff/sessions",
        new Told(
            403,
            """
            {"reason": "SIGN_IN_REFUSED", "patient": {"ja": "あ", "en": "a"},
             "nextStep": {"ja": "い", "en": "b"}}
            """));

    assertThat(staff().draw())
        .isInstanceOfSatisfying(
            GatewayReply.Refused.class,
            refused -> assertThat(refused.refusal().reason().value()).isEqualTo("SIGN_IN_REFUSED"));
    assertThat(calls).hasSize(1);
  }

  @Test
  void neitherPasswordNorTokenNorPassIsPrinted() throws Exception {
    assertThat(staff() + " " + staff().draw()).doesNotContain("pw-1", "token-1", "pass-1");
  }

  private ScriptedStaff staff() throws Exception {
    TlsIdentity identity =
        TlsIdentity.read(
            TRANSPORT.terminal(folder),
            TestTransport.PASSWORD.toCharArray(),
            TRANSPORT.authorities(folder));
    HttpLine line =
        new HttpLine(
            URI.create("https://127.0.0.1:" + gateway.getAddress().getPort()),
            identity,
            HttpLine.Patience.USUAL,
            LocalReasons.load());
    return new ScriptedStaff(new DeskLink(line), WHO, "kiosk-1");
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    calls.add(path + " " + exchange.getRequestHeaders().getFirst("Staff-Session") + " " + body);
    Told told = tells.getOrDefault(path, new Told(404, ""));
    byte[] bytes = told.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(told.status(), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
