package jp.kazashi.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import jp.kazashi.simulator.pki.CertificateOrder;
import jp.kazashi.simulator.pki.IssuedCertificate;
import jp.kazashi.simulator.pki.Issuer;
import jp.kazashi.simulator.pki.SimulatedJpki;
import jp.kazashi.simulator.pki.TestJpki;
import jp.kazashi.simulator.pki.TimeStampAuthority;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the control says and does about the JPKI. */
@Timeout(60)
class JpkiRoutesTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final AtomicInteger FEEDS = new AtomicInteger();
  private static @TempDir Path folder;
  private static Vertx vertx;
  private static SimulatedJpki jpki;
  private static WorldClock clock;
  private static ClockKeeper keeper;
  private static final Wallet WALLET = new Wallet();
  private static int port;
  private static int services;
  private static volatile boolean gatewayAway;

  /** Cards by name. */
  private static final class Wallet implements JpkiCounter.Cards {
    private final Map<String, IssuedCertificate> cards = new ConcurrentHashMap<>();

    @Override
    public Optional<IssuedCertificate> certificate(String card) {
      return Optional.ofNullable(cards.get(card));
    }

    @Override
    public void put(String card, IssuedCertificate certificate) {
      cards.put(card, certificate);
    }
  }

  @BeforeAll
  static void start() throws Exception {
    vertx = Vertx.vertx();
    jpki = TestJpki.in(folder.resolve("jpki"), URI.create("http://127.0.0.1:8445/ocsp"));
    clock = new WorldClock(InstantSource.fixed(TestJpki.NOW), folder.resolve("clock.json"));
    JpkiServer server =
        new JpkiServer(
            vertx,
            jpki,
            TimeStampAuthority.open(folder.resolve("tsa"), TestJpki.NOW, TestJpki.RANDOM),
            folder.resolve("crl-number"),
            clock,
            TestJpki.RANDOM);
    services = server.listen(0).toCompletionStage().toCompletableFuture().get().actualPort();
    keeper =
        new ClockKeeper(
            clock, new ClockPush(Map.of(), "", Duration.ofSeconds(5), System::nanoTime));
    keeper.also(server::republish);
    JpkiRoutes routes =
        new JpkiRoutes(
            vertx, jpki, server, new JpkiCounter(jpki, WALLET, clock), JpkiRoutesTest::feed);
    Router router = Router.router(vertx);
    router.route().handler(BodyHandler.create(false));
    routes.addTo(router);
    port =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get()
            .actualPort();
  }

  private static Map<String, Object> feed() throws IOException {
    if (gatewayAway) {
      throw new IOException("nobody listens");
    }
    return Map.of("feed", FEEDS.incrementAndGet());
  }

  @AfterAll
  static void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  // ------------------------------------------------------------------ services

  @Test
  void theOverviewTellsAddressesAuthoritiesAndWhatEachServiceCanBeTold() throws Exception {
    JsonNode overview = Json.tree(send("GET", "/jpki", "").body());
    assertThat(overview.path("addresses").path("ocsp").asText())
        .isEqualTo("http://127.0.0.1:8445/ocsp");
    assertThat(overview.path("addresses").path("tsa").asText())
        .isEqualTo("http://127.0.0.1:8445/tsa");
    assertThat(overview.path("addresses").path("directory").asText())
        .isEqualTo("http://127.0.0.1:8445/directory/holders");
    assertThat(overview.path("authorities").findValuesAsText("crl"))
        .contains("http://127.0.0.1:8445/crl/authentication-3.crl")
        .noneMatch(address -> address.contains("stranger"));
    assertThat(overview.path("services").fieldNames())
        .toIterable()
        .containsExactly("ocsp", "crl", "tsa", "directory");
    assertThat(overview.path("services").path("ocsp").path("behaviours").findValuesAsText("name"))
        .contains("honest", "slow-loris", "wrong-cert-id", "try-later");
  }

  @Test
  void aServiceBehavesAsToldForSoManyAnswersThenWellAgain() throws Exception {
    HttpResponse<String> told =
        send(
            "PUT",
            "/jpki/services/crl",
            "{\"behaviour\":\"http-error\",\"with\":\"502\",\"times\":2}");
    assertThat(told.body())
        .isEqualTo("{\"behaviour\":\"http-error\",\"with\":\"502\",\"times\":2}");
    assertThat(List.of(crl(), crl(), crl())).containsExactly(502, 502, 200);
    assertThat(
            Json.tree(send("GET", "/jpki", "").body())
                .path("services")
                .path("crl")
                .path("behaviour")
                .asText())
        .isEqualTo("honest");
  }

  @Test
  void aServiceMisbehavesUntilItIsCalmedAndTheOthersDoNot() throws Exception {
    send("PUT", "/jpki/services/crl", "{\"behaviour\":\"http-error\"}");
    assertThat(List.of(crl(), crl())).containsExactly(503, 503);
    assertThat(holders()).isEqualTo(400);
    assertThat(send("DELETE", "/jpki/services/crl", "").statusCode()).isEqualTo(204);
    assertThat(crl()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"behaviour\":\"rude\"}|No behaviour is named 'rude'.",
        "{}|'behaviour'",
        "{\"behaviour\":7}|text",
        "{\"behaviour\":\"delay\",\"with\":\"5\"}|PT5S",
        "{\"behaviour\":\"delay\",\"with\":\"-PT5S\"}|-PT5S",
        "{\"behaviour\":\"http-error\",\"with\":\"200\"}|400 to 599",
        "{\"behaviour\":\"drop\",\"with\":\"x\"}|no parameter",
        "{\"behaviour\":\"drop\",\"times\":0}|from 1 on",
        "{\"behaviour\":\"drop\",\"times\":\"1\"}|number",
        "{\"behaviour\":\"wrong-cert-id\",\"with\":\"colour\"}|issuer-name",
        "{\"behaviour\":\"failure\",\"with\":\"fine\"}|internal-error",
        "[]|no JSON object",
        "{|no JSON object",
      })
  void whatMakesNoSenseIsRefusedInWordsAndChangesNothing(String body, String words)
      throws Exception {
    HttpResponse<String> refused = send("PUT", "/jpki/services/ocsp", body);
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(Json.tree(refused.body()).path("error").asText()).contains(words);
    assertThat(
            Json.tree(send("GET", "/jpki", "").body())
                .path("services")
                .path("ocsp")
                .path("behaviour")
                .asText())
        .isEqualTo("honest");
  }

  @Test
  void aServiceThatIsNoneIsRefusedWithTheNamesThatAre() throws Exception {
    HttpResponse<String> refused = send("PUT", "/jpki/services/ldap", "{\"behaviour\":\"drop\"}");
    assertThat(refused.statusCode()).isEqualTo(404);
    assertThat(refused.body()).contains("ocsp, crl, tsa, directory");
  }

  @Test
  void listsArePublishedAnewOnRequestAndWhenTheClockIsMoved() throws Exception {
    String first = crlNumber();
    assertThat(crlNumber()).isEqualTo(first);
    assertThat(send("POST", "/jpki/republish", "").statusCode()).isEqualTo(204);
    String second = crlNumber();
    assertThat(second).isNotEqualTo(first);
    keeper.move(ClockChange.parse("+PT1H"));
    assertThat(crlNumber()).isNotEqualTo(second);
    keeper.move(ClockChange.parse("reset"));
  }

  // ------------------------------------------------------------------ cards

  @Test
  void aCardIsRevokedForAReasonFromNowOn() throws Exception {
    wallet("anna", Issuer.AUTHENTICATION_3);
    assertThat(Json.tree(send("GET", "/jpki/cards/anna", "").body()).path("status").asText())
        .isEqualTo("GOOD");
    JsonNode revoked =
        Json.tree(
            send("POST", "/jpki/cards/anna/revoke", "{\"reason\":\"AFFILIATION_CHANGED\"}").body());
    assertThat(revoked.path("status").asText()).isEqualTo("REVOKED");
    assertThat(revoked.path("reason").asText()).isEqualTo("AFFILIATION_CHANGED");
    assertThat(revoked.path("since").asText()).isEqualTo(TestJpki.NOW.toString());
    assertThat(send("POST", "/jpki/cards/anna/release", "").statusCode()).isEqualTo(400);
    assertThat(send("POST", "/jpki/cards/anna/revoke", "{\"reason\":\"BORED\"}").statusCode())
        .isEqualTo(400);
  }

  @Test
  void aCardIsSuspendedAndReleased() throws Exception {
    wallet("bert", Issuer.AUTHENTICATION_2);
    JsonNode held = Json.tree(send("POST", "/jpki/cards/bert/hold", "").body());
    assertThat(held.path("reason").asText()).isEqualTo("CERTIFICATE_HOLD");
    assertThat(
            Json.tree(send("POST", "/jpki/cards/bert/release", "").body()).path("status").asText())
        .isEqualTo("GOOD");
  }

  @Test
  void aRenewedCardHasANewSerialOfTodaysAuthorityForFiveYears() throws Exception {
    IssuedCertificate old = wallet("cleo", Issuer.AUTHENTICATION_2);
    JsonNode renewed = Json.tree(send("POST", "/jpki/cards/cleo/renew", "").body());
    assertThat(renewed.path("authority").asText()).isEqualTo("authentication-3");
    assertThat(renewed.path("beginsAt").asText()).isEqualTo(TestJpki.NOW.toString());
    assertThat(renewed.path("endsAt").asText()).isEqualTo("2031-12-01T14:59:59Z");
    assertThat(renewed.path("personCode").asText()).isEqualTo("P-cleo");
    IssuedCertificate now = WALLET.certificate("cleo").orElseThrow();
    assertThat(now.certificate().getPublicKey()).isEqualTo(old.certificate().getPublicKey());
    assertThat(jpki.holding(now.number()).orElseThrow().predecessors())
        .containsExactly(old.number());
    assertThat(jpki.status(old.number(), TestJpki.NOW).toString()).contains("SUPERSEDED");
  }

  @Test
  void anExpiredCardIsStillTheSamePersonsAndRegisteredAgain() throws Exception {
    IssuedCertificate old = wallet("dora", Issuer.AUTHENTICATION_3);
    int feeds = FEEDS.get();
    JsonNode expired = Json.tree(send("POST", "/jpki/cards/dora/expire", "").body());
    assertThat(expired.path("endsAt").asText()).isEqualTo("2026-11-30T14:59:59Z");
    assertThat(expired.path("authority").asText()).isEqualTo("authentication-2");
    assertThat(expired.path("personCode").asText()).isEqualTo("P-dora");
    assertThat(expired.path("serial").asText()).isNotEqualTo(old.serial().toString(16));
    assertThat(FEEDS.get()).isEqualTo(feeds + 1);
    JsonNode longAgo =
        Json.tree(send("POST", "/jpki/cards/dora/expire", "{\"lastDay\":\"2026-07-31\"}").body());
    assertThat(longAgo.path("endsAt").asText()).isEqualTo("2026-07-31T14:59:59Z");
    assertThat(send("POST", "/jpki/cards/dora/expire", "{\"lastDay\":\"2011-07-31\"}").statusCode())
        .isEqualTo(400);
    assertThat(send("POST", "/jpki/cards/dora/expire", "{\"lastDay\":\"July\"}").statusCode())
        .isEqualTo(400);
  }

  @Test
  void anExpiredCardThatCannotBeRegisteredIsSaidToBeChangedAllTheSame() throws Exception {
    wallet("fritz", Issuer.AUTHENTICATION_3);
    gatewayAway = true;
    HttpResponse<String> answer = send("POST", "/jpki/cards/fritz/expire", "");
    gatewayAway = false;
    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.body()).contains("was changed", "nobody listens");
    assertThat(WALLET.certificate("fritz").orElseThrow().ends()).isBefore(TestJpki.NOW);
  }

  @Test
  void aPhonesCertificateIsRenewedByThePhonesAuthority() throws Exception {
    wallet("emil", Issuer.PHONE_AUTHENTICATION);
    assertThat(
            Json.tree(send("POST", "/jpki/cards/emil/renew", "").body()).path("authority").asText())
        .isEqualTo("phone-authentication");
    assertThat(
            Json.tree(send("POST", "/jpki/cards/emil/expire", "").body())
                .path("authority")
                .asText())
        .isEqualTo("phone-authentication");
  }

  @ParameterizedTest
  @ValueSource(strings = {"revoke", "hold", "release", "renew", "expire"})
  void aStrangersCardIsNotTheJpkisAndNobodysIsNotThere(String action) throws Exception {
    wallet("fake", Issuer.STRANGER);
    assertThat(send("POST", "/jpki/cards/fake/" + action, "").statusCode()).isEqualTo(400);
    assertThat(send("POST", "/jpki/cards/nobody/" + action, "").statusCode()).isEqualTo(404);
  }

  private static IssuedCertificate wallet(String name, Issuer issuer) throws IOException {
    IssuedCertificate certificate =
        jpki.issue(
            CertificateOrder.of(
                    issuer,
                    TestJpki.holder().getPublic(),
                    TestJpki.NOW.minus(Duration.ofDays(700)),
                    TestJpki.LAST_DAY)
                .forPerson("P-" + name));
    WALLET.put(name, certificate);
    return certificate;
  }

  private static int crl() throws Exception {
    return crlResponse().statusCode();
  }

  private static String crlNumber() throws Exception {
    return crlResponse().headers().firstValue("ETag").orElseThrow();
  }

  private static HttpResponse<Void> crlResponse() throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + services + "/crl/authentication-3.crl"))
            .build(),
        BodyHandlers.discarding());
  }

  private static int holders() throws Exception {
    return HTTP.send(
            HttpRequest.newBuilder(
                    URI.create("http://127.0.0.1:" + services + "/directory/holders"))
                .POST(BodyPublishers.noBody())
                .build(),
            BodyHandlers.discarding())
        .statusCode();
  }

  private static HttpResponse<String> send(String method, String path, String body)
      throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(method, BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }
}
