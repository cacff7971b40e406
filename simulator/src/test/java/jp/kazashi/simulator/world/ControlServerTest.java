package jp.kazashi.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import jp.kazashi.simulator.pki.SimulatedJpki;
import jp.kazashi.simulator.pki.TransportCa;
import jp.kazashi.simulator.terminal.VirtualReaders;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ControlServerTest {
  private static final Instant NOW = Instant.parse("2026-11-21T03:00:00Z");
  private static final String TOKEN = "the-token";
  private static final String WORLD =
      """
      {"staff": ["uketsuke"], "control": "secret",
       "addresses": {"kiosk": "http://127.0.0.1:8442", "desk": "http://127.0.0.1:8443"}}
      """;

  @TempDir static Path folder;
  private static Vertx vertx;
  private static int port;
  private static HttpServer part;
  private static final Queue<String> PUSHED = new ConcurrentLinkedQueue<>();
  private static final AtomicInteger REFUSALS = new AtomicInteger();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @BeforeAll
  static void start() throws Exception {
    part = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    part.createContext(
        "/world/clock",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          boolean refused = REFUSALS.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
          if (!refused) {
            PUSHED.add(exchange.getRequestHeaders().getFirst("Authorization") + " " + body);
          }
          exchange.sendResponseHeaders(refused ? 503 : 204, -1);
          exchange.close();
        });
    part.start();
    vertx = Vertx.vertx(SimulatorMain.frugal());
    SimulatedJpki jpki =
        SimulatedJpki.open(
            folder.resolve("jpki"), NOW, URI.create("http://127.0.0.1:1/"), new SecureRandom());
    Path terminals =
        TransportCa.open(folder.resolve("keys"), NOW, new SecureRandom()).trust().certificate();
    Deck deck = Deck.open(jpki, folder.resolve("cards"), terminals, NOW, true, new SecureRandom());
    ClockPush push =
        new ClockPush(
            Map.of(
                "gateway",
                URI.create("http://127.0.0.1:" + part.getAddress().getPort() + "/world/clock")),
            TOKEN,
            Duration.ofSeconds(20),
            System::nanoTime);
    ControlServer server =
        new ControlServer(
            vertx,
            TOKEN,
            new ClockKeeper(
                new WorldClock(InstantSource.fixed(NOW), folder.resolve("clock.json")), push),
            new CardTable(deck),
            new VirtualReaders(),
            ControlServerTest::world,
            () -> Map.of("accepted", 5));
    server.also(router -> router.get("/jpki").handler(context -> context.response().end()));
    port = server.listen(0).toCompletionStage().toCompletableFuture().get().actualPort();
  }

  @AfterAll
  static void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
    part.stop(0);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /world",
    "PUT, /world/clock",
    "GET, /cards",
    "GET, /readers",
    "POST, /readers/headless",
    "PUT, /readers/Kiosk/card",
    "PUT, /cards/hanako/tries",
    "PUT, /cards/hanako/faults",
    "GET, /pace",
    "GET, /readers/Kiosk/printed-number",
    "PUT, /pace",
    "DELETE, /readers/Kiosk/card",
    "POST, /feed",
    "GET, /terminals",
    "GET, /jpki",
    "GET, /nothing",
  })
  void nothingIsToldOrDoneWithoutTheToken(String method, String path) throws Exception {
    assertThat(send(request(path).method(method, BodyPublishers.noBody())).statusCode())
        .isEqualTo(401);
    assertThat(
            send(request(path)
                    .header("Authorization", "Bearer the-tokem")
                    .method(method, BodyPublishers.noBody()))
                .statusCode())
        .isEqualTo(401);
  }

  @Test
  void aPageFromElsewhereMayNotAskEvenWithTheToken() throws Exception {
    HttpResponse<String> refused =
        send(authorized("/cards").header("Origin", "https://attacker.example").GET());
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(send(authorized("/cards").header("Origin", "null").GET()).statusCode())
        .isEqualTo(403);
    assertThat(
            send(authorized("/cards").header("Origin", "http://127.0.0.1:" + port).GET())
                .statusCode())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"attacker.example", "127.0.0.1:1", "127.0.0.1.attacker.example:80"})
  void aNameThatWasReboundToLoopbackIsRefused(String host) throws IOException {
    assertThat(rawStatus("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
        .contains(" 403 ");
  }

  @Test
  void theDeckPageNeedsNoTokenAndRunsNoForeignScript() throws Exception {
    HttpResponse<String> page = send(request("/").GET());
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("script-src 'self'")
        .doesNotContain("unsafe");
    assertThat(page.body()).doesNotContain("<script>", "style=", "onclick", TOKEN);
    assertThat(send(request("/deck.js").GET()).statusCode()).isEqualTo(200);
    assertThat(send(request("/deck.css").GET()).statusCode()).isEqualTo(200);
  }

  @Test
  void theDeckIsListedWithStoryEndMethodPinAndExpectation() throws Exception {
    JsonNode cards = Json.tree(send(authorized("/cards").GET()).body());
    assertThat(cards).hasSize(20);
    JsonNode jiro = cards.get(2);
    assertThat(jiro.path("name").asText()).isEqualTo("jiro");
    assertThat(jiro.path("certificateEnds").asText()).isEqualTo("2026-10-21T14:59:59Z");
    assertThat(jiro.path("method").asText()).isEqualTo("PIN");
    assertThat(jiro.path("pin").asText()).isEqualTo("1234");
    assertThat(jiro.path("story").asText()).isNotBlank();
    assertThat(jiro.path("expected").asText()).isEqualTo("ANSWERED");
  }

  @Test
  void aCardGoesInAndOutOfAReader() throws Exception {
    assertThat(put("/readers/Kiosk/card", "{\"name\":\"hanako\"}").statusCode()).isEqualTo(200);
    assertThat(seatedOn("Kiosk")).isEqualTo("hanako");
    assertThat(send(authorized("/readers/Kiosk/card").DELETE()).statusCode()).isEqualTo(204);
    assertThat(seatedOn("Kiosk")).isEqualTo("null");
  }

  @Test
  void aCardPutOntoAnotherOneIsASwapAndTheReaderTellsTheNextOneAtOnce() throws Exception {
    put("/readers/Kiosk/card", "{\"name\":\"hanako\"}");
    assertThat(put("/readers/Kiosk/card", "{\"name\":\"taro\"}").statusCode()).isEqualTo(200);
    assertThat(seatedOn("Kiosk")).isEqualTo("taro");
    send(authorized("/readers/Kiosk/card").DELETE());
  }

  @Test
  void aPhoneIsHeldToItsOwnReader() throws Exception {
    assertThat(put("/readers/Phone/card", "{\"name\":\"android\"}").statusCode()).isEqualTo(200);
    assertThat(seatedOn("Phone")).isEqualTo("android");
    assertThat(seatedOn("Kiosk")).isEqualTo("null");
    assertThat(card("android").path("method").asText()).isEqualTo("PHONE");
    send(authorized("/readers/Phone/card").DELETE());
  }

  @Test
  void whoLooksAtASeatedCardSeesTheNumberOnItsFaceAndAPhoneHasNone() throws Exception {
    put("/readers/Kiosk/card", "{\"name\":\"hanako\"}");
    put("/readers/Phone/card", "{\"name\":\"iphone\"}");

    String seen = send(authorized("/readers/Kiosk/printed-number").GET()).body();
    // Shōwa 53 (1978), 12 April; the year of the card's end; four digits.
    assertThat(Json.tree(seen).path("number").asText()).matches("5304122035[0-9]{4}");
    assertThat(send(authorized("/readers/Phone/printed-number").GET()).statusCode()).isEqualTo(404);
    send(authorized("/readers/Phone/card").DELETE());
    send(authorized("/readers/Kiosk/card").DELETE());
    assertThat(send(authorized("/readers/Kiosk/printed-number").GET()).statusCode()).isEqualTo(404);
  }

  @Test
  void aPinIsLockedAndUnlocked() throws Exception {
    assertThat(put("/cards/taro/tries", "{\"tries\":0}").statusCode()).isEqualTo(204);
    assertThat(card("taro").path("pinTries").asInt()).isZero();
    assertThat(put("/cards/taro/tries", "{\"tries\":3}").statusCode()).isEqualTo(204);
    assertThat(card("taro").path("pinTries").asInt()).isEqualTo(3);
    assertThat(put("/cards/taro/tries", "{\"tries\":4}").statusCode()).isEqualTo(400);
    assertThat(put("/cards/taro/tries", "{\"tries\":0.5}").statusCode()).isEqualTo(400);
    assertThat(put("/cards/nobody/tries", "{\"tries\":0}").statusCode()).isEqualTo(404);
    assertThat(card("nanako").path("pin").isNull()).isTrue();
    assertThat(put("/cards/nanako/tries", "{\"tries\":3}").body()).contains("has no PIN");
  }

  @Test
  void faultsAreWrittenForACardAndHoldFromItsNextInsertion() throws Exception {
    assertThat(put("/cards/taro/faults", "{\"faults\":[\"sign remove\",\" \"]}").statusCode())
        .isEqualTo(204);
    assertThat(card("taro").path("faults")).hasToString("[\"sign remove\"]");

    HttpResponse<String> wrong = put("/cards/taro/faults", "{\"faults\":[\"sign explode\"]}");
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(wrong.body()).contains("'sign explode' is no fault");
    assertThat(card("taro").path("faults")).hasToString("[\"sign remove\"]");

    put("/cards/taro/faults", "{\"faults\":[]}");
    assertThat(card("taro").path("faults")).isEmpty();
  }

  @Test
  void theTimingModelIsSwitched() throws Exception {
    assertThat(put("/pace", "{\"pace\":\"424\"}").statusCode()).isEqualTo(204);
    assertThat(send(authorized("/pace").GET()).body()).isEqualTo("{\"pace\":\"424\"}");
    assertThat(put("/pace", "{\"pace\":\"warp\"}").body()).contains("instant, 424 or 106");
    put("/pace", "{\"pace\":\"instant\"}");
  }

  @Test
  void theWorldTellsItsScreensAndStaffAndNoSecretOfItsFile() throws Exception {
    String world = send(authorized("/world").GET()).body();
    assertThat(Json.tree(world).path("staff")).hasToString("[\"uketsuke\"]");
    assertThat(Json.tree(world).path("addresses").path("kiosk").asText()).endsWith(":8442");
    assertThat(world).doesNotContain("secret");
  }

  @Test
  void anUnknownCardIsRefusedWithTheNamesThatAreThere() throws Exception {
    HttpResponse<String> refused = put("/readers/Kiosk/card", "{\"name\":\"hanaco\"}");
    assertThat(refused.statusCode()).isEqualTo(404);
    assertThat(Json.tree(refused.body()).path("error").asText())
        .startsWith("No card is named 'hanaco'. Cards: hanako, taro, jiro, ")
        .endsWith(", android, iphone.");
  }

  @Test
  void anUnknownReaderIsRefusedWithTheNamesThatAreThere() throws Exception {
    HttpResponse<String> refused = put("/readers/Desk/card", "{\"name\":\"hanako\"}");
    assertThat(refused.statusCode()).isEqualTo(404);
    assertThat(refused.body()).contains("Kiosk");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{\"name\":7}", "{\"name\":\"\"}", "null"})
  void aBodyThatMakesNoSenseIsRefused(String body) throws Exception {
    assertThat(put("/readers/Kiosk/card", body).statusCode()).isEqualTo(400);
  }

  @Test
  void aHeadlessReaderIsFreshEachTimeAndGoesAway() throws Exception {
    String first = headless("taro");
    String second = headless("taro");
    assertThat(first).startsWith("Headless-").isNotEqualTo(second);
    assertThat(seatedOn(first)).isEqualTo("taro");

    assertThat(send(authorized("/readers/" + first).DELETE()).statusCode()).isEqualTo(204);
    assertThat(send(authorized("/readers/" + first).DELETE()).statusCode()).isEqualTo(404);
    assertThat(send(authorized("/readers/Kiosk").DELETE()).statusCode()).isEqualTo(404);
    send(authorized("/readers/" + second).DELETE());
  }

  @Test
  void theClockIsMovedWhenEveryPartHasAcknowledgedEvenOneThatWasAway() throws Exception {
    PUSHED.clear();
    REFUSALS.set(3);

    JsonNode world = Json.tree(put("/world/clock", "{\"set\":\"+P3M\"}").body());

    assertThat(world.path("instant").asText()).isEqualTo("2027-02-21T03:00:00Z");
    long offset = world.path("offsetMillis").asLong();
    assertThat(PUSHED).containsExactly("Bearer the-token {\"offsetMillis\":" + offset + "}");
    put("/world/clock", "{\"set\":\"reset\"}");
    assertThat(Json.tree(send(authorized("/world").GET()).body()).path("offsetMillis").asLong())
        .isZero();
  }

  @Test
  void aTimeThatIsNoneIsRefusedInWords() throws Exception {
    HttpResponse<String> refused = put("/world/clock", "{\"set\":\"tomorrow\"}");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("+P3M");
  }

  @Test
  void aPartThatNeverAcknowledgesIsNamed() {
    ClockPush push =
        new ClockPush(
            Map.of("reader", URI.create("http://127.0.0.1:1/world/clock")),
            TOKEN,
            Duration.ZERO,
            System::nanoTime);
    assertThat(push.push(0)).isEqualTo(List.of("reader"));
  }

  @Test
  void theTerminalsSpeakTheirOwnProtocolBehindTheToken() throws IOException {
    assertThat(
            rawStatus(
                "GET /terminals HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAuthorization: Bearer %s\r\nConnection: Upgrade\r\nUpgrade: kazashi-terminal\r\n\r\n"
                    .formatted(port, TOKEN)))
        .contains(" 101 ");
  }

  @Test
  void theFeedIsSentOnRequest() throws Exception {
    HttpResponse<String> fed = send(authorized("/feed").POST(BodyPublishers.noBody()));
    assertThat(fed.statusCode()).isEqualTo(200);
    assertThat(fed.body()).isEqualTo("{\"accepted\":5}");
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  private static HttpRequest.Builder authorized(String path) {
    return request(path).header("Authorization", "Bearer " + TOKEN);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  private static HttpResponse<String> put(String path, String body) throws Exception {
    return send(authorized(path).PUT(BodyPublishers.ofString(body)));
  }

  static JsonNode world() {
    try {
      return Json.tree(WORLD);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static JsonNode card(String name) throws Exception {
    for (JsonNode card : Json.tree(send(authorized("/cards").GET()).body())) {
      if (card.path("name").asText().equals(name)) {
        return card;
      }
    }
    throw new AssertionError("There is no card " + name);
  }

  private static String headless(String card) throws Exception {
    HttpResponse<String> created =
        send(
            authorized("/readers/headless")
                .POST(BodyPublishers.ofString("{\"name\":\"" + card + "\"}")));
    assertThat(created.statusCode()).isEqualTo(201);
    return Json.tree(created.body()).path("reader").asText();
  }

  private static String seatedOn(String reader) throws Exception {
    for (JsonNode row : Json.tree(send(authorized("/readers").GET()).body())) {
      if (row.path("name").asText().equals(reader)) {
        return row.path("card").asText();
      }
    }
    return "no such reader";
  }

  private static String rawStatus(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      BufferedReader answer =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      return String.valueOf(answer.readLine());
    }
  }
}
