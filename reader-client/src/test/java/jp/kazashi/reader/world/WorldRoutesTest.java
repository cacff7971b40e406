package jp.kazashi.reader.world;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import jp.kazashi.consent.FaceSetback;
import jp.kazashi.consent.MedicalCategory;
import jp.kazashi.jpki.statement.VerificationMethod;
import jp.kazashi.reader.link.Answers;
import jp.kazashi.reader.link.LocalReasons;
import jp.kazashi.reader.visit.Patient;
import jp.kazashi.reader.visit.Patient.Reply;
import jp.kazashi.reader.visit.Visit;
import jp.kazashi.reader.visit.VisitFlow.Ended;
import jp.kazashi.reader.visit.VisitFlow.ProofTime;
import jp.kazashi.reader.visit.Visits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WorldRoutesTest {

  private static final String ORDER =
      """
      {"reader": "Headless-7", "method": "PIN", "pin": "1234", "consent": %s, "register": true}
      """;

  private final Vertx vertx = Vertx.vertx();
  private final WorldClock clock = new WorldClock(() -> Answers.NOW, Duration.ZERO);
  private final List<String> readers = Collections.synchronizedList(new ArrayList<>());
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private volatile WorldRoutes.HeadlessVisits visits =
      (reader, patient, staff) -> ended(Visits.left());
  private URI world = URI.create("http://127.0.0.1/");

  @BeforeEach
  void start() {
    WorldRoutes routes =
        new WorldRoutes(
            vertx,
            clock,
            "token-1",
            (reader, patient, staff) -> {
              readers.add(reader);
              return visits.carryOut(reader, patient, staff);
            },
            LocalReasons.load(),
            Faces.SCRIPTED);
    Router router = Router.router(vertx);
    router.route("/world/*").subRouter(routes.router());
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    world = URI.create("http://127.0.0.1:" + server.actualPort() + "/world/");
  }

  @AfterEach
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void consentedVisitHasTheShapeOfTheContract() throws Exception {
    visits = (reader, patient, staff) -> ended(Visits.consented(MedicalCategory.MEDICATION));

    JsonNode visit = visit("\"all\"");

    assertThat(visit.fieldNames())
        .toIterable()
        .containsExactly(
            "checkId",
            "outcome",
            "method",
            "certificate",
            "qualification",
            "qualifications",
            "offeredConsents",
            "consents",
            "consentsUntil",
            "notices",
            "receipt",
            "machineMillis",
            "proof");
    assertThat(visit.path("outcome").asText()).isEqualTo("ANSWERED");
    assertThat(visit.path("proof").toString())
        .isEqualTo("{\"millis\":90.0,\"cardMillis\":70.0,\"lineMillis\":15.0,\"ownMillis\":5.0}");
    assertThat(visit.path("certificate").path("phase").asText()).isEqualTo("NORMAL");
    assertThat(visit.path("certificate").path("expiresAt").asText()).endsWith(".000Z");
    assertThat(visit.path("qualification").path("birthDate").asText()).isEqualTo("1985-04-02");
    assertThat(visit.path("qualification").path("contributionRatio").asInt()).isEqualTo(30);
    assertThat(visit.path("qualification").has("validTo")).isTrue();
    assertThat(visit.path("offeredConsents").toString())
        .isEqualTo("[\"medication\",\"checkup\",\"care\",\"surgery\"]");
    assertThat(visit.path("consents").toString()).isEqualTo("[\"medication\"]");
    assertThat(visit.path("consentsUntil").asText()).isEqualTo("2026-12-02T00:00:00.000Z");
    assertThat(visit.path("receipt").toString())
        .isEqualTo("{\"chain\":\"node-1/1\",\"number\":8,\"hash\":\"cd34\"}");
    assertThat(visit.path("machineMillis").asLong()).isEqualTo(123);
    assertThat(readers).containsExactly("Headless-7");
  }

  @Test
  void visitInGraceHasNoConsentsAndItsNotice() throws Exception {
    visits =
        (reader, patient, staff) ->
            ended(Visits.closed(Answers.inGrace(), new Visit.Closing.NothingOffered()));

    JsonNode visit = visit("\"all\"");

    assertThat(visit.path("certificate").path("phase").asText()).isEqualTo("GRACE");
    assertThat(visit.path("offeredConsents").isEmpty()).isTrue();
    assertThat(visit.path("consents").isEmpty()).isTrue();
    assertThat(visit.path("consentsUntil").isNull()).isTrue();
    assertThat(visit.path("notices").get(0).path("patient").path("ja").asText()).isNotBlank();
  }

  @Test
  void refusalHasReasonSentencesAndWhatIsKnown() throws Exception {
    visits = (reader, patient, staff) -> ended(Visits.refused(Answers.revoked()));

    JsonNode visit = visit("\"none\"");

    assertThat(visit.fieldNames())
        .toIterable()
        .containsExactly(
            "checkId",
            "outcome",
            "reason",
            "patient",
            "nextStep",
            "certificate",
            "receipt",
            "machineMillis",
            "proof");
    assertThat(visit.path("outcome").asText()).isEqualTo("REFUSED");
    assertThat(visit.path("reason").asText()).isEqualTo("CERTIFICATE_REVOKED");
    assertThat(visit.path("checkId").isNull()).isTrue();
  }

  @Test
  void cardTakenMidwayIsRefusedAsRemoved() throws Exception {
    assertThat(visit("\"none\"").path("reason").asText()).isEqualTo("CARD_REMOVED");
  }

  @Test
  void patientSaysWhatTheOrderSays() throws Exception {
    List<Object> said = new ArrayList<>();
    visits =
        (reader, patient, staff) -> {
          said.add(
              patient.chooses(
                  new Patient.MethodQuestion(Set.of(VerificationMethod.PIN), FaceSetback.NONE)));
          said.add(patient.consents(Set.of(MedicalCategory.CARE)));
          said.add(patient.mayRetryPin());
          return ended(Visits.left());
        };

    visit("[\"medication\", \"care\"]");
    visit("\"all\"");

    assertThat(said)
        .containsExactly(
            new Reply.Said<>(VerificationMethod.PIN),
            new Reply.Said<>(Set.of(MedicalCategory.MEDICATION, MedicalCategory.CARE)),
            false,
            new Reply.Said<>(VerificationMethod.PIN),
            new Reply.Said<>(Set.of(MedicalCategory.CARE)),
            false);
  }

  @Test
  void visitsRunAtTheSameTime() throws Exception {
    CountDownLatch all = new CountDownLatch(20);
    visits =
        (reader, patient, staff) -> {
          all.countDown();
          awaitAll(all);
          return ended(Visits.left());
        };

    List<CompletableFuture<HttpResponse<String>>> calls =
        IntStream.range(0, 20)
            .mapToObj(visit ->
                http.sendAsync(order("\"none\"", "Bearer token-1"), BodyHandlers.ofString()))
            .toList();

    assertThat(calls).allSatisfy(call -> assertThat(call.get().statusCode()).isEqualTo(200));
  }

  @Test
  void visitThatBreaksIsAFaultThatQuotesNothing() throws Exception {
    visits =
        (reader, patient, staff) -> {
          throw new IllegalStateException("架空 花子");
        };

    HttpResponse<String> answer =
        http.send(order("\"all\"", "Bearer token-1"), BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).contains("IllegalStateException").doesNotContain("架空");
  }

  @Test
  void clockIsMovedForwardAndBack() throws Exception {
    assertThat(moveClock("{\"offsetMillis\": 60000}")).isEqualTo(204);
    assertThat(clock.instant()).isEqualTo(Answers.NOW.plusSeconds(60));
    assertThat(moveClock("{\"offsetMillis\": -60000}")).isEqualTo(204);
    assertThat(clock.instant()).isEqualTo(Answers.NOW.minusSeconds(60));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "{}",
        "{\"offsetMillis\": \"1\"}",
        "{\"offsetMillis\": 1.5}",
        "{\"offsetMillis\": 9223372036854775807}"
      })
  void clockIsNotMovedByNonsense(String body) throws Exception {
    assertThat(moveClock(body)).isEqualTo(400);
    assertThat(clock.instant()).isEqualTo(Answers.NOW);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "[]",
        "{\"method\": \"PIN\", \"pin\": \"1234\"}",
        "{\"reader\": \"Headless-7\", \"method\": \"PIN\", \"pin\": \"12345\"}",
        "{\"reader\": \"Headless-7\", \"method\": \"SMELL\", \"pin\": \"1234\"}",
        "{\"reader\": \"Headless-7\", \"pin\": \"1234\", \"consent\": \"some\"}",
        "{\"reader\": \"Headless-7\", \"pin\": \"1234\", \"consent\": [\"horoscope\"]}"
      })
  void orderThatMakesNoSenseIsRefusedInOneLine(String body) throws Exception {
    HttpResponse<String> answer = send("visits", "POST", body, "Bearer token-1");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(JsonMapper.builder().build().readTree(answer.body()).path("error").asText())
        .isNotBlank()
        .doesNotContain("12345");
    assertThat(readers).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer ", "Bearer token-2", "token-1", "Basic token-1"})
  void withoutTheTokenOfTheWorldNothingHappens(String authorization) throws Exception {
    assertThat(send("visits", "POST", ORDER.formatted("\"all\""), authorization).statusCode())
        .isEqualTo(401);
    assertThat(send("clock", "PUT", "{\"offsetMillis\": 1}", authorization).statusCode())
        .isEqualTo(401);
    assertThat(readers).isEmpty();
    assertThat(clock.instant()).isEqualTo(Answers.NOW);
  }

  private JsonNode visit(String consent) throws Exception {
    HttpResponse<String> answer =
        http.send(order(consent, "Bearer token-1"), BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    return JsonMapper.builder().build().readTree(answer.body());
  }

  private HttpRequest order(String consent, String authorization) {
    return request("visits", authorization)
        .POST(BodyPublishers.ofString(ORDER.formatted(consent)))
        .build();
  }

  private int moveClock(String body) throws Exception {
    return send("clock", "PUT", body, "Bearer token-1").statusCode();
  }

  private HttpResponse<String> send(String path, String verb, String body, String authorization)
      throws Exception {
    return http.send(
        request(path, authorization).method(verb, BodyPublishers.ofString(body)).build(),
        BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path, String authorization) {
    return HttpRequest.newBuilder(world.resolve(path)).header("Authorization", authorization);
  }

  private static Ended ended(Visit.End end) {
    return new Ended(
        end,
        Duration.ofMillis(123),
        Optional.of(
            new ProofTime(Duration.ofMillis(90), Duration.ofMillis(70), Duration.ofMillis(15))));
  }

  private static void awaitAll(CountDownLatch all) {
    try {
      all.await();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  @Test
  void scriptedPatientTypesThePinOnceAndKeepsNoCopy() {
    byte[] pin = {'1', '2', '3', '4'};
    Patient patient =
        new ScriptedPatient(VerificationMethod.PIN, pin, false, new ScriptedPatient.Wish.All());

    assertThat(patient.entersPin(new Patient.PinQuestion(3, false, true)))
        .isInstanceOf(Reply.Said.class);
    assertThat(pin).containsOnly(0);
  }
}
