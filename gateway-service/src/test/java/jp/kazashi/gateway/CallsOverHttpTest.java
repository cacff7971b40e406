package jp.kazashi.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.StreamSupport;
import jp.kazashi.gateway.Counter.Card;
import jp.kazashi.gateway.Counter.Reply;
import jp.kazashi.jpki.statement.VerificationMethod;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls for staff between the terminals of one institution, over the wire. */
@QuarkusTest
@QuarkusTestResource(value = GatewayWorld.class, restrictToAnnotatedClass = false)
@SuppressWarnings("NullAway.Init") // Quarkus and the set-up set the fields
class CallsOverHttpTest {
  @TestHTTPResource(value = "/", tls = true)
  URI gateway;

  GatewayWorld world;

  private final ObjectMapper json = new ObjectMapper();

  /** Where nobody else calls. */
  private final String clinic =
      "13" + (10_000_000 + Math.floorMod(UUID.randomUUID().hashCode(), 89_999_999));

  private Town town;
  private Counter kiosk;

  @BeforeEach
  void open() {
    town = new Town(world, gateway);
    kiosk = town.counter("kiosk-2", "READER", clinic);
  }

  @Test
  void aCallIsToldToAllTerminalsOfTheInstitutionUntilAnyDeskAnswers() throws Exception {
    Counter desk = town.desk("CLERK", clinic);
    Counter abroad = town.desk("CLERK", GatewayWorld.OTHER_CLINIC);
    String call = UUID.randomUUID().toString();
    try (Listener listener = new Listener(town.counter("receipt-1", "RECEIPT", clinic), "")) {
      assertThat(listener.next().name()).isEqualTo("READY");

      assertThat(ring(kiosk, call, "HELP").status()).isEqualTo(200);

      Listener.Event rung = listener.next();
      assertThat(rung.name()).isEqualTo("call");
      assertThat(json.readTree(rung.data()))
          .isEqualTo(
              json.createObjectNode()
                  .put("call", call)
                  .put("terminal", "kiosk-2")
                  .put("want", "HELP")
                  .put("state", "WAITING"));
      JsonNode open = desk.get("/v1/calls").body();
      assertThat(open.path("asOf").asLong()).isGreaterThanOrEqualTo(Long.parseLong(rung.id()));
      assertThat(idsOf(open)).containsExactly(call);
      assertThat(open.path("calls").get(0).path("secondsLeft").asInt()).isBetween(800, 900);
      assertThat(idsOf(abroad.get("/v1/calls").body())).doesNotContain(call);
      assertThat(abroad.post(answers(call), json.createObjectNode()).reason())
          .isEqualTo("NOT_FOUND");

      Reply answered = desk.post(answers(call), json.createObjectNode());

      assertThat(answered.body().path("state").asText()).isEqualTo("ANSWERED");
      assertThat(listener.next().data()).contains(call, "ANSWERED");
      assertThat(idsOf(desk.get("/v1/calls").body())).isEmpty();
      assertThat(
              Owner.texts(
                  world,
                  """
                  select outcome from audit_entry
                  where kind = 'STAFF_CALL' and details::jsonb ->> 'call' = ? order by number
                  """,
                  call))
          .containsExactly("CALLED", "ANSWERED");
    }
  }

  @Test
  void theSameCallRingsOnceAndANewOneTakesItsPlace() {
    Counter desk = town.desk("CLERK", clinic);
    String first = UUID.randomUUID().toString();
    String second = UUID.randomUUID().toString();
    try (Listener listener = new Listener(town.counter("receipt-1", "RECEIPT", clinic), "")) {
      assertThat(listener.next().name()).isEqualTo("READY");
      ring(kiosk, first, "HELP");
      ring(kiosk, first, "HELP");
      ring(kiosk, second, "HELP");

      assertThat(listener.next().data()).contains(first);
      assertThat(listener.next().data()).contains(second);
      assertThat(idsOf(desk.get("/v1/calls").body())).containsExactly(second);
      assertThat(kiosk.get("/v1/calls/" + first).reason()).isEqualTo("NOT_FOUND");
    }
  }

  @Test
  void aTerminalHasNoHandInTheCallOfAnother() {
    Counter other = town.counter("kiosk-1", "READER", clinic);
    String call = UUID.randomUUID().toString();
    ring(kiosk, call, "HELP");

    assertThat(ring(other, call, "HELP").reason()).isEqualTo("BAD_REQUEST");
    assertThat(ring(kiosk, call, "SIGHT").reason()).isEqualTo("BAD_REQUEST");
    assertThat(other.get("/v1/calls/" + call).reason()).isEqualTo("NOT_FOUND");
    assertThat(other.delete("/v1/calls/" + call).reason()).isEqualTo("NOT_FOUND");
    assertThat(stateOf(kiosk.get("/v1/calls/" + call))).isEqualTo("WAITING");
  }

  @Test
  void aCallThatNobodyAnswersEndsByItselfAndMayBeMadeAgain() throws Exception {
    Counter desk = town.desk("CLERK", clinic);
    String call = UUID.randomUUID().toString();
    ring(kiosk, call, "HELP");
    String quarter = "interval '15 minutes'";
    assertThat(
            Owner.run(
                world,
                "update staff_call set called_at = called_at - %s, ends_at = ends_at - %s"
                        .formatted(quarter, quarter)
                    + " where id = ?::uuid",
                call))
        .isEqualTo(1);

    assertThat(idsOf(desk.get("/v1/calls").body())).isEmpty();
    assertThat(stateOf(kiosk.get("/v1/calls/" + call))).isEqualTo("EXPIRED");
    assertThat(stateOf(desk.post(answers(call), json.createObjectNode()))).isEqualTo("EXPIRED");

    assertThat(stateOf(ring(kiosk, call, "HELP"))).isEqualTo("WAITING");
    assertThat(idsOf(desk.get("/v1/calls").body())).containsExactly(call);
  }

  @Test
  void whoFollowsACallHearsOfItsEndAsItComes() throws Exception {
    Counter desk = town.desk("CLERK", clinic);
    String call = UUID.randomUUID().toString();
    ring(kiosk, call, "HELP");
    CompletableFuture<Reply> followed =
        CompletableFuture.supplyAsync(
            () -> kiosk.send("GET", "/v1/calls/" + call, Map.of("Prefer", "wait=5"), new byte[0]));

    desk.post(answers(call), json.createObjectNode());

    assertThat(stateOf(followed.get())).isEqualTo("ANSWERED");
    assertThat(stateOf(kiosk.delete("/v1/calls/" + call)))
        .as("what is over stays as it is")
        .isEqualTo("ANSWERED");
  }

  @Test
  void whatTheTerminalTakesBackRingsNoMore() {
    Counter desk = town.desk("CLERK", clinic);
    String call = UUID.randomUUID().toString();
    ring(kiosk, call, "SIGHT");

    assertThat(stateOf(kiosk.delete("/v1/calls/" + call))).isEqualTo("WITHDRAWN");

    assertThat(idsOf(desk.get("/v1/calls").body())).isEmpty();
    assertThat(stateOf(ring(kiosk, call, "SIGHT"))).isEqualTo("WITHDRAWN");
    assertThat(sight(desk, "kiosk-2", call).reason()).isEqualTo("CALL_OVER");
  }

  @Test
  void aPassDrawnAtAnotherDeskReachesTheTerminalWhereThePatientWaitsAndServesItAlone() {
    Counter desk = town.desk("CLERK", clinic);
    Counter other = town.counter("kiosk-1", "READER", clinic);
    Card card = town.card(town.insured());
    String call = UUID.randomUUID().toString();
    ring(kiosk, call, "SIGHT");
    assertThat(sight(desk, "kiosk-1", call).reason())
        .as("nobody waits there by it")
        .isEqualTo("CALL_OVER");
    assertThat(sight(town.desk("CLERK", GatewayWorld.OTHER_CLINIC), "kiosk-2", call).reason())
        .isEqualTo("CALL_OVER");

    Reply issued = sight(desk, "kiosk-2", call);

    assertThat(issued.status()).as(issued.body().toString()).isEqualTo(201);
    JsonNode told = kiosk.get("/v1/calls/" + call).body();
    String pass = told.path("pass").asText();
    assertThat(told.path("state").asText()).isEqualTo("ANSWERED");
    assertThat(pass).isEqualTo(issued.body().path("pass").asText());
    assertThat(desk.post(answers(call), json.createObjectNode()).body().has("pass")).isFalse();
    assertThat(sight(desk, "kiosk-2", call).reason()).as("of two, one").isEqualTo("CALL_OVER");
    assertThat(bySight(other, card, pass).reason()).isEqualTo("VISUAL_PASS_INVALID");
    assertThat(bySight(kiosk, card, pass).body().path("outcome").asText()).isEqualTo("ANSWERED");
  }

  @Test
  void aCallForHelpIsNoQuestionForAPass() {
    String call = UUID.randomUUID().toString();
    ring(kiosk, call, "HELP");

    assertThat(sight(town.desk("CLERK", clinic), "kiosk-2", call).reason()).isEqualTo("CALL_OVER");
  }

  private Reply ring(Counter terminal, String call, String want) {
    return terminal.post("/v1/calls", json.createObjectNode().put("call", call).put("want", want));
  }

  private Reply sight(Counter desk, String terminal, String call) {
    return desk.post(
        "/v1/visual-checks", json.createObjectNode().put("terminal", terminal).put("call", call));
  }

  private Reply bySight(Counter terminal, Card card, String pass) {
    ObjectNode proof =
        terminal.proof(card, terminal.challenge(), VerificationMethod.STAFF, world.worldNow());
    return terminal.post("/v1/checks", proof.put("pass", pass));
  }

  private static String answers(String call) {
    return "/v1/calls/" + call + "/answers";
  }

  private static String stateOf(Reply reply) {
    return reply.body().path("state").asText();
  }

  private static List<String> idsOf(JsonNode open) {
    return StreamSupport.stream(open.path("calls").spliterator(), false)
        .map(call -> call.path("call").asText())
        .toList();
  }
}
