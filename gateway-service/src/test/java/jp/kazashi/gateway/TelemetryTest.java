package jp.kazashi.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import jp.kazashi.gateway.Counter.Card;
import jp.kazashi.gateway.Counter.Reply;
import org.junit.jupiter.api.Test;

/** Metrics and traces tell how the node does, and nothing about anybody. */
@QuarkusTest
@QuarkusTestResource(value = GatewayWorld.class, restrictToAnnotatedClass = false)
@SuppressWarnings("NullAway.Init") // Quarkus sets the fields
class TelemetryTest {
  private static final String NAME = "遥測　桜子";
  // Long enough to come up in no time stamp or id by chance.
  private static final String NUMBER = "73910468204417";
  private static final String BIRTH = "1951-03-27";
  private static final String DRUG = "テレメトリン錠";

  @TestHTTPResource(value = "/", tls = true)
  URI gateway;

  @Inject CollectedSpans collected;

  GatewayWorld world;

  private final ObjectMapper json = new ObjectMapper();

  @Test
  void noPersonAppearsInAMetricOrATrace() {
    Counter kiosk = counter("kiosk-1", "READER", GatewayWorld.CLINIC);
    Counter receipt = counter("receipt-1", "RECEIPT", GatewayWorld.CLINIC);
    Card card = Card.issue(world, LocalDate.of(2035, 1, 1));
    takeIn(card);
    Reply answer = kiosk.visit(card, world.worldNow());
    String check = answer.body().path("checkId").asText();
    assertThat(answer.body().path("qualification").path("name").asText()).isEqualTo(NAME);
    kiosk.consent(check, "medication");
    assertThat(receipt.get("/v1/checks/" + check + "/medications").body().toString())
        .contains(DRUG);
    ObjectNode keys =
        json.createObjectNode()
            .put("insurerNumber", GatewayWorld.INSURER)
            .put("symbol", "100")
            .put("number", NUMBER)
            .put("branchNumber", "00")
            .put("birthDate", BIRTH);
    assertThat(receipt.post("/v1/lookups", keys).body().path("validityCode").asInt()).isEqualTo(1);

    Management.await("traces", () -> traces().contains("lookups"));

    String everything = traces() + Management.metrics();
    assertThat(everything).contains("kazashi_alarm", "http_server");
    for (String personal :
        List.of(
            NAME,
            "桜子",
            NUMBER,
            BIRTH,
            DRUG,
            card.certificate().serial().toString(16),
            card.certificate().serial().toString(),
            "telemetry-person")) {
      assertThat(everything).doesNotContain(personal);
    }
  }

  private String traces() {
    return collected.spans().stream().map(SpanData::toString).collect(Collectors.joining("\n"));
  }

  private void takeIn(Card card) {
    Counter insurer = counter("insurer-1", "INSURER", GatewayWorld.INSURER);
    ObjectNode person =
        json.createObjectNode()
            .put("type", "qualification")
            .put("line", "1")
            .put("personCode", "telemetry-person")
            .put("name", NAME)
            .put("birthDate", BIRTH)
            .put("sex", "FEMALE")
            .put("kind", "MEDICAL_INSURANCE")
            .put("insurerNumber", GatewayWorld.INSURER)
            .put("insurerName", "試験健康保険")
            .put("symbol", "100")
            .put("number", NUMBER)
            .put("branchNumber", "00")
            .put("relationship", "PERSON")
            .put("contributionRatio", 30)
            .put("validFrom", "2024-04-01");
    ObjectNode registration =
        json.createObjectNode()
            .put("type", "registration")
            .put("line", "2")
            .put("personCode", "telemetry-person")
            .put("issuer", Base64.getEncoder().encodeToString(card.certificate().issuer()))
            .put("serial", card.certificate().serial().toString(16))
            .put("registeredAt", "2024-05-01T00:00:00Z");
    send(insurer, "qualifications", person + "\n" + registration);
    // Long enough ago to be told already.
    String month = world.worldNow().minus(Duration.ofDays(92)).toString().substring(0, 7);
    ObjectNode drug =
        json.createObjectNode()
            .put("type", "medication")
            .put("line", "1")
            .put("personCode", "telemetry-person")
            .put("source", "RECEIPT")
            .put("month", month)
            .put("date", month + "-01")
            .put("facilityCode", "1312345670")
            .put("facilityName", "試験クリニック")
            .put("code", "620007819")
            .put("name", DRUG)
            .put("quantity", "1")
            .put("unit", "錠")
            .put("usage", "朝食後")
            .put("days", 28);
    send(insurer, "claims", drug.toString());
  }

  private static void send(Counter insurer, String kind, String lines) {
    Reply report =
        insurer.post(
            "/v1/intake/" + kind + "?batch=telemetry-" + kind, "application/x-ndjson", lines);
    assertThat(report.body().path("rejected")).as(report.body().toString()).isEmpty();
  }

  private Counter counter(String system, String role, String organisation) {
    return new Counter(world, gateway, system, role, organisation);
  }
}
