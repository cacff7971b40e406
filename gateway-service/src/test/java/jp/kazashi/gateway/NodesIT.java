package jp.kazashi.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jp.kazashi.gateway.Counter.Card;
import jp.kazashi.gateway.Counter.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Nodes as processes of their own, on one database: killed, asked to end, started again. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // the set-up sets the fields
class NodesIT {
  private final GatewayWorld world = new GatewayWorld();
  private final ObjectMapper json = new ObjectMapper();
  private Map<String, String> settings;
  private Card card;

  @BeforeAll
  void start() throws Exception {
    settings = new HashMap<>(world.start());
    settings.put("kazashi.ocsp-budget", "PT10S");
    settings.put("kazashi.traces.off", "true");
    settings.put("kazashi.gateway.shutdown", "PT30S");
    card = Card.issue(world, LocalDate.of(2035, 1, 1));
    try (Node first = Node.startToLearn("node-0", settings)) {
      takeInTheHolder(first);
      assertThat(kiosk(first).visit(card, world.worldNow()).status()).isEqualTo(200);
      first.ask();
      assertThat(first.endsWithin(180)).isTrue();
    }
  }

  @AfterAll
  void stop() {
    world.stop();
  }

  @Test
  void aVisitThatBeganOnOneNodeEndsOnTheOtherWhenTheFirstIsKilled() throws Exception {
    try (Node first = Node.start("node-a", settings);
        Node second = Node.start("node-b", settings);
        Balancer balancer = new Balancer(List.of(first.port(), second.port()))) {
      takeInTheHolder(second);
      Counter onFirst = kiosk(first);
      JsonNode challenge = onFirst.challenge();
      ObjectNode proof = onFirst.proof(card, challenge, world.worldNow());

      first.kill();
      Counter kiosk =
          new Counter(world, balancer.address(), "kiosk-1", "READER", GatewayWorld.CLINIC);
      Reply answer = kiosk.post("/v1/checks", proof);

      assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
      assertThat(answer.body().path("receipt").path("chain").asText()).startsWith("node-b:");
      String check = answer.body().path("checkId").asText();
      assertThat(kiosk.consent(check, "medication").status()).isEqualTo(200);

      // The one that was killed comes again, and knows the visit: with an epoch of its own.
      try (Node again = Node.start("node-a", settings)) {
        Counter onAgain = kiosk(again);
        assertThat(onAgain.get("/v1/checks/" + check).body().path("consents").get(0).asText())
            .isEqualTo("medication");
        assertThat(onAgain.post("/v1/checks", proof).reason()).isEqualTo("CHALLENGE_REPLAYED");
        assertThat(
                onAgain.visit(card, world.worldNow()).body().path("receipt").path("chain").asText())
            .isEqualTo("node-a:2");
      }
    }
  }

  @Test
  void aNodeThatIsAskedToEndFinishesWhatItAccepted() throws Exception {
    try (Node node = Node.start("node-c", settings)) {
      takeInTheHolder(node);
      Counter kiosk = kiosk(node);
      ObjectNode proof = kiosk.proof(card, kiosk.challenge(), world.worldNow());
      CountDownLatch gate = world.holdTheResponder();
      try {
        CompletableFuture<Reply> underWay =
            CompletableFuture.supplyAsync(() -> kiosk.post("/v1/checks", proof));
        assertThat(world.asked().await(20, TimeUnit.SECONDS)).isTrue();

        node.ask();
        // It would be gone at once if it did not wait for this one.
        assertThat(node.endsWithin(3)).isFalse();
        assertThat(underWay).isNotDone();
        gate.countDown();

        Reply answer = underWay.get(20, TimeUnit.SECONDS);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        assertThat(answer.body().path("receipt").path("number").asLong()).isPositive();
        assertThat(node.endsWithin(40)).isTrue();
      } finally {
        gate.countDown();
      }
    }
  }

  @Test
  void whoListensToANodeThatIsAskedToEndIsLetGoAndNotWaitedFor() throws Exception {
    Map<String, String> patient = new HashMap<>(settings);
    patient.put("kazashi.gateway.shutdown", "PT10M");
    try (Node node = Node.start("node-e", patient);
        Listener listener =
            new Listener(
                new Counter(world, node.address(), "receipt-1", "RECEIPT", GatewayWorld.CLINIC),
                "")) {
      assertThat(listener.next().name()).isEqualTo("READY");

      node.ask();

      assertThat(listener.next().name()).isEqualTo("END");
      assertThat(node.endsWithin(60)).isTrue();
    }
  }

  @Test
  void aNodeWhoseNameAnotherStartTookOverIsNotReadySaysWhyAndAnswersNothing() throws Exception {
    try (Node first = Node.start("node-d", settings)) {
      Counter kiosk = kiosk(first);
      assertThat(kiosk.challenge().path("challenge").asText()).isNotEmpty();

      try (Node second = Node.start("node-d", settings)) {
        Management.await("noticed without a write", () -> !first.isReady());

        assertThat(first.health()).contains("audit-chain", "by a later start under the same name");
        Reply refused = kiosk.post("/v1/challenges", json.createObjectNode());
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.reason()).isEqualTo("NODE_REPLACED");
        assertThat(refused.headers().firstValue("Retry-After")).contains("1");
        assertThat(kiosk(second).challenge().path("challenge").asText()).isNotEmpty();
      }
    }
  }

  private Counter kiosk(Node node) {
    return new Counter(world, node.address(), "kiosk-1", "READER", GatewayWorld.CLINIC);
  }

  private void takeInTheHolder(Node node) {
    Counter insurer =
        new Counter(world, node.address(), "insurer-1", "INSURER", GatewayWorld.INSURER);
    String person =
        json.createObjectNode()
            .put("type", "qualification")
            .put("line", "1")
            .put("personCode", "two-nodes")
            .put("name", "試験　花子")
            .put("birthDate", "1978-04-12")
            .put("sex", "FEMALE")
            .put("kind", "MEDICAL_INSURANCE")
            .put("insurerNumber", GatewayWorld.INSURER)
            .put("insurerName", "試験健康保険")
            .put("symbol", "100")
            .put("number", "2045")
            .put("branchNumber", "00")
            .put("relationship", "PERSON")
            .put("contributionRatio", 30)
            .put("validFrom", "2024-04-01")
            .toString();
    String registration =
        json.createObjectNode()
            .put("type", "registration")
            .put("line", "2")
            .put("personCode", "two-nodes")
            .put("issuer", Base64.getEncoder().encodeToString(card.certificate().issuer()))
            .put("serial", card.certificate().serial().toString(16))
            .put("registeredAt", "2024-05-01T00:00:00Z")
            .toString();
    Reply report =
        insurer.post(
            "/v1/intake/qualifications?batch=nodes",
            "application/x-ndjson",
            person + "\n" + registration);
    assertThat(report.body().path("rejected")).as(report.body().toString()).isEmpty();
  }
}
