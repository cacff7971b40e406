package jp.kazashi.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Base64;
import java.util.UUID;
import jp.kazashi.gateway.Counter.Card;
import jp.kazashi.gateway.Counter.Reply;

/** People who are insured, and a clinic with its staff, made through the gateway's own doors. */
final class Town {
  static final String PASSWORD = "a long enough word";
  private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");

  private final ObjectMapper json = new ObjectMapper();
  private final GatewayWorld world;
  private final URI gateway;

  Town(GatewayWorld world, URI gateway) {
    this.world = world;
    this.gateway = gateway;
  }

  /** Somebody insured: their keys as a document prints them. */
  record Insured(String code, String number, String birthDate) {}

  Insured insured(ObjectNode changes) {
    String code = "P-" + UUID.randomUUID();
    ObjectNode person =
        json.createObjectNode()
            .put("type", "qualification")
            .put("line", "1")
            .put("personCode", code)
            .put("name", "試験　花子")
            .put("nameKana", "ｼｹﾝ ﾊﾅｺ")
            .put("birthDate", "1978-04-12")
            .put("sex", "FEMALE")
            .put("postCode", "100-0001")
            .put("address", "東京都試験区一丁目１－１")
            .put("kind", "MEDICAL_INSURANCE")
            .put("insurerNumber", GatewayWorld.INSURER)
            .put("insurerName", "試験健康保険")
            .put("symbol", "100")
            .put("number", Integer.toString(Math.floorMod(code.hashCode(), 100_000_000)))
            .put("branchNumber", "00")
            .put("relationship", "PERSON")
            .put("contributionRatio", 30)
            .put("validFrom", "2024-04-01");
    person.setAll(changes);
    feed("qualifications", "people-" + UUID.randomUUID(), person.toString(), 1);
    return new Insured(
        person.path("personCode").asText(),
        person.path("number").asText(),
        person.path("birthDate").asText());
  }

  Insured insured() {
    return insured(json.createObjectNode());
  }

  Card card(Insured person) {
    return card(person, today().plusYears(3));
  }

  Card card(Insured person, LocalDate lastDay) {
    Card card = Card.issue(world, lastDay);
    String registration =
        json.createObjectNode()
            .put("type", "registration")
            .put("line", "1")
            .put("personCode", person.code())
            .put("issuer", Base64.getEncoder().encodeToString(card.certificate().issuer()))
            .put("serial", card.certificate().serial().toString(16))
            .put("registeredAt", "2024-05-01T00:00:00Z")
            .toString();
    feed("qualifications", "cards-" + UUID.randomUUID(), registration, 1);
    return card;
  }

  ObjectNode keys(Insured person) {
    return json.createObjectNode()
        .put("insurerNumber", GatewayWorld.INSURER)
        .put("symbol", "100")
        .put("number", person.number())
        .put("branchNumber", "00")
        .put("birthDate", person.birthDate());
  }

  JsonNode feed(String kind, String batch, String body, int accepted) {
    Reply reply =
        counter("insurer-1", "INSURER", GatewayWorld.INSURER)
            .post("/v1/intake/" + kind + "?batch=" + batch, "application/x-ndjson", body);
    assertThat(reply.body().path("accepted").asInt())
        .as(reply.body().toString())
        .isEqualTo(accepted);
    return reply.body();
  }

  /** A new account; the operator may make it anywhere. */
  JsonNode account(String institution, String login, String role) {
    Reply added =
        counter("operator-1", "OPERATOR", "999999")
            .post(
                "/v1/staff?institution=" + institution,
                json.createObjectNode()
                    .put("login", login)
                    .put("name", "受付　太郎")
                    .put("role", role)
                    .put("password", PASSWORD));
    assertThat(added.status()).as(added.body().toString()).isEqualTo(201);
    return added.body();
  }

  /** A desk with somebody of that role signed in. */
  Counter desk(String role) {
    return desk(role, GatewayWorld.CLINIC);
  }

  Counter desk(String role, String institution) {
    String login = "staff-" + UUID.randomUUID();
    account(institution, login, role);
    Counter desk = counter("desk-1", "VIEWER", institution);
    assertThat(desk.signIn(login, PASSWORD).status()).isEqualTo(201);
    return desk;
  }

  Counter counter(String system, String role, String organisation) {
    return new Counter(world, gateway, system, role, organisation);
  }

  LocalDate today() {
    return LocalDate.ofInstant(world.worldNow(), TOKYO);
  }

  void moveClock(Duration offset) {
    Management.moveClock(world, offset);
  }
}
