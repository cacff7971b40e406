package jp.kazashi.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import jp.kazashi.gateway.Counter.Card;
import jp.kazashi.gateway.Counter.Reply;
import jp.kazashi.jpki.statement.VerificationMethod;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Patients see who saw their data, while they stand there. */
@QuarkusTest
@QuarkusTestResource(value = GatewayWorld.class, restrictToAnnotatedClass = false)
@SuppressWarnings("NullAway.Init") // Quarkus sets the fields
class AccessLogTest {
  @TestHTTPResource(value = "/", tls = true)
  URI gateway;

  GatewayWorld world;

  private final ObjectMapper json = new ObjectMapper();
  private Town town;
  private Counter kiosk;
  private Counter receipt;
  private Town.Insured person;
  private Card card;

  @BeforeEach
  void open() {
    town = new Town(world, gateway);
    kiosk = town.counter("kiosk-1", "READER", GatewayWorld.CLINIC);
    receipt = town.counter("receipt-1", "RECEIPT", GatewayWorld.CLINIC);
    person = town.insured();
    card = town.card(person);
  }

  @AfterEach
  void putRight() {
    town.moveClock(Duration.ZERO);
  }

  @Test
  void itSaysWhoSawWhatAndWhenNewestFirstInBothLanguages() throws SQLException {
    Owner.run(
        world,
        """
        insert into institution
          (code, name, kind, prefecture, valid_from, valid_to, offered, smartphone, exchange)
        values (?, '試験第二クリニック', 'CLINIC', '27', date '2020-01-01', null, '', false, false)
        on conflict do nothing
        """,
        GatewayWorld.OTHER_CLINIC);
    String seen = check(kiosk, VerificationMethod.PIN);
    kiosk.consent(seen, "medication");
    assertThat(receipt.get("/v1/checks/" + seen + "/medications").status()).isEqualTo(200);
    town.counter("receipt-9", "RECEIPT", GatewayWorld.OTHER_CLINIC)
        .post("/v1/lookups", town.keys(person));
    String now = check(kiosk, VerificationMethod.PIN);

    Reply told = look(kiosk, now);

    assertThat(told.status()).as(told.body().toString()).isEqualTo(200);
    JsonNode entries = told.body().path("entries");
    assertThat(kinds(entries))
        .containsExactly(
            "INSURANCE_BY_CARD", "INSURANCE_BY_NUMBER", "MEDICATION", "INSURANCE_BY_CARD");
    assertThat(entries.get(1).path("facilityName").asText()).isEqualTo("試験第二クリニック");
    assertThat(entries.get(2).path("facilityName").asText()).isEqualTo(GatewayWorld.CLINIC);
    assertThat(entries.get(2).path("what").path("ja").asText()).isEqualTo("お薬の情報");
    assertThat(entries.get(2).path("what").path("en").asText()).isEqualTo("Your medicines");
    assertThat(entries.get(2).path("when").path("ja").asText())
        .matches("\\d{4}年\\d{1,2}月\\d{1,2}日 \\d{1,2}時\\d{2}分");
    assertThat(times(entries)).isSortedAccordingTo((a, b) -> b.compareTo(a));
    assertThat(told.body().path("more").asBoolean(true)).isFalse();
    assertThat(told.body().path("receipt").path("number").asLong()).isPositive();
  }

  @Test
  void theLookItselfIsInTheAuditAndSoIsOneThatWasRefused() throws SQLException {
    String check = check(kiosk, VerificationMethod.PIN);

    look(kiosk, check);
    look(town.counter("kiosk-2", "READER", GatewayWorld.CLINIC), check);

    assertThat(
            Owner.texts(
                world,
                """
                select outcome || ' ' || system from audit_entry
                where kind = 'ACCESS_LOG' and check_id = ?::uuid order by at
                """,
                check))
        .containsExactly("SHOWN kiosk-1", "OTHER_TERMINAL kiosk-2");
  }

  @Test
  void facesAndPhonesOpenItTooStaffDoNot() {
    assertThat(look(kiosk, check(kiosk, VerificationMethod.FACE)).status()).isEqualTo(200);

    Counter desk = town.desk("CLERK");
    String pass =
        desk.post("/v1/visual-checks", json.createObjectNode().put("terminal", "kiosk-1"))
            .body()
            .path("pass")
            .asText();
    ObjectNode proof =
        kiosk
            .proof(card, kiosk.challenge(), VerificationMethod.STAFF, world.worldNow())
            .put("pass", pass);
    String bySight = kiosk.post("/v1/checks", proof).body().path("checkId").asText();

    Reply refused = look(kiosk, bySight);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.reason()).isEqualTo("ACCESS_LOG_NEEDS_HOLDER");
  }

  @Test
  void anotherInstitutionsAnOldAndNoCheckAreRefusedByName() {
    String check = check(kiosk, VerificationMethod.PIN);
    Counter elsewhere = town.counter("kiosk-1", "READER", GatewayWorld.OTHER_CLINIC);

    assertThat(look(elsewhere, check).reason()).isEqualTo("NOT_FOUND");
    assertThat(look(kiosk, UUID.randomUUID().toString()).reason()).isEqualTo("NOT_FOUND");
    assertThat(look(kiosk, "x").reason()).isEqualTo("BAD_REQUEST");
    assertThat(kiosk.get("/v1/access-log").reason()).isEqualTo("BAD_REQUEST");
    assertThat(look(receipt, check).reason()).isEqualTo("FORBIDDEN");
    town.moveClock(Duration.ofMinutes(10).plusSeconds(5));
    assertThat(look(kiosk, check).reason()).isEqualTo("ACCESS_LOG_TOO_LATE");
  }

  @Test
  void whoWasRefusedHasNoLog() {
    Card unregistered = Card.issue(world, town.today().plusYears(3));
    String refused = kiosk.visit(unregistered, world.worldNow()).body().path("checkId").asText();

    assertThat(look(kiosk, refused).reason()).isEqualTo("ACCESS_LOG_NEEDS_HOLDER");
  }

  @Test
  void whoMustNotBeFoundHasAnEmptyLogAndWhoIsBarredNone() throws SQLException {
    String check = check(kiosk, VerificationMethod.PIN);

    Owner.run(world, "update person set undisclosed = true where code = ?", person.code());
    Reply hidden = look(kiosk, check);
    Owner.run(world, "update person set provision_barred = true where code = ?", person.code());
    Reply barred = look(kiosk, check);

    assertThat(hidden.status()).isEqualTo(200);
    assertThat(hidden.body().path("entries")).isEmpty();
    assertThat(barred.reason()).isEqualTo("CHECK_NOT_POSSIBLE");
  }

  @Test
  void aLongLogIsToldInPartAndSaysSo() {
    for (int i = 0; i < 105; i++) {
      receipt.post("/v1/lookups", town.keys(person));
    }

    JsonNode told = look(kiosk, check(kiosk, VerificationMethod.PIN)).body();

    assertThat(told.path("entries")).hasSize(100);
    assertThat(told.path("more").asBoolean()).isTrue();
  }

  private String check(Counter at, VerificationMethod method) {
    Reply reply = at.post("/v1/checks", at.proof(card, at.challenge(), method, world.worldNow()));
    assertThat(reply.status()).as(reply.body().toString()).isEqualTo(200);
    return reply.body().path("checkId").asText();
  }

  private static Reply look(Counter at, String check) {
    return at.get("/v1/access-log?check=" + check);
  }

  private static List<String> kinds(JsonNode entries) {
    List<String> kinds = new ArrayList<>();
    entries.forEach(each -> kinds.add(each.path("kind").asText()));
    return kinds;
  }

  private static List<Instant> times(JsonNode entries) {
    List<Instant> times = new ArrayList<>();
    entries.forEach(each -> times.add(Instant.parse(each.path("at").asText())));
    return times;
  }
}
