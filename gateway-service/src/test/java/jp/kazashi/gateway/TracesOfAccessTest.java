package jp.kazashi.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import jp.kazashi.gateway.Counter.Card;
import jp.kazashi.gateway.Counter.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who looks at an earlier check, and who sends a proof that is none, can be seen afterwards. */
@QuarkusTest
@QuarkusTestResource(value = GatewayWorld.class, restrictToAnnotatedClass = false)
@SuppressWarnings("NullAway.Init") // Quarkus and the set-up set the fields
class TracesOfAccessTest {
  @TestHTTPResource(value = "/", tls = true)
  URI gateway;

  GatewayWorld world;

  private final ObjectMapper json = new ObjectMapper();
  private Town town;
  private Counter kiosk;
  private Card card;

  @BeforeEach
  void open() {
    town = new Town(world, gateway);
    kiosk = town.counter("kiosk-7", "READER", GatewayWorld.CLINIC);
    card = town.card(town.insured());
  }

  @AfterEach
  void putRight() {
    town.moveClock(Duration.ZERO);
  }

  @Test
  void aReaderSeesItsOwnChecksOnlyAndTheReceiptComputerThoseOfItsInstitution() throws SQLException {
    String check = kiosk.visit(card, world.worldNow()).body().path("checkId").asText();
    Counter other = town.counter("kiosk-8", "READER", GatewayWorld.CLINIC);
    Counter receipt = town.counter("receipt-1", "RECEIPT", GatewayWorld.CLINIC);

    Reply foreign = other.get("/v1/checks/" + check);

    assertThat(kiosk.get("/v1/checks/" + check).status()).isEqualTo(200);
    assertThat(receipt.get("/v1/checks/" + check).status()).isEqualTo(200);
    assertThat(foreign.status()).isEqualTo(403);
    assertThat(foreign.reason()).isEqualTo("OTHER_TERMINAL");
    assertThat(foreign.body().has("qualification")).isFalse();
    assertThat(
            Owner.texts(
                world,
                "select system || ' ' || outcome from audit_entry where kind = 'CHECK_READ'"
                    + " and check_id = cast(? as uuid) order by number",
                check))
        .containsExactly("kiosk-8 OTHER_TERMINAL", "kiosk-7 SHOWN", "receipt-1 SHOWN");
  }

  @Test
  void aPatientSeesThatACheckWasShownAgain() {
    String check = kiosk.visit(card, world.worldNow()).body().path("checkId").asText();
    town.counter("receipt-1", "RECEIPT", GatewayWorld.CLINIC).get("/v1/checks/" + check);

    assertThat(kiosk.get("/v1/access-log?check=" + check).body().toString())
        .contains("Your insurance, shown again from an earlier check");
  }

  @Test
  void aForgedChallengeIsAuditedWithWhoSentItAndNothingOfTheProof() throws SQLException {
    ObjectNode proof = kiosk.proof(card, kiosk.challenge(), world.worldNow());

    kiosk.post("/v1/checks", proof.deepCopy().put("challenge", "A".repeat(120)));

    assertThat(refused("CHALLENGE_UNREADABLE")).isNotEmpty().allMatch("{}"::equals);
  }

  @Test
  void anExpiredChallengeIsAuditedUnderItsId() throws SQLException {
    var challenge = kiosk.challenge();
    town.moveClock(Duration.ofSeconds(130));

    kiosk.post("/v1/checks", kiosk.proof(card, challenge, world.worldNow()));

    assertThat(refused("CHALLENGE_EXPIRED"))
        .anySatisfy(details ->
            assertThat(json.readTree(details))
                .isEqualTo(
                    json.createObjectNode()
                        .put("challenge", challenge.path("id").asText())
                        .put("issuedAt", challenge.path("issuedAt").asText())
                        .put("issuedTo", "THIS_TERMINAL")));
  }

  @Test
  void anExpiredChallengeOfAnotherTerminalIsSaidToBeThat() throws SQLException {
    Counter other = town.counter("kiosk-8", "READER", GatewayWorld.CLINIC);
    var challenge = other.challenge();
    town.moveClock(Duration.ofSeconds(130));

    kiosk.post("/v1/checks", kiosk.proof(card, challenge, world.worldNow()));

    assertThat(refused("CHALLENGE_EXPIRED"))
        .anySatisfy(details ->
            assertThat(details).contains(challenge.path("id").asText(), "ANOTHER_TERMINAL"));
  }

  /** Signed with this terminal's name or with the other's: it is never this terminal's. */
  @Test
  void aForeignChallengeIsRefusedAndAuditedHoweverItIsSigned() throws SQLException {
    Counter other = town.counter("kiosk-8", "READER", GatewayWorld.CLINIC);
    var challenge = other.challenge();

    Reply own = kiosk.post("/v1/checks", kiosk.proof(card, challenge, world.worldNow()));
    Reply stolen = kiosk.post("/v1/checks", other.proof(card, challenge, world.worldNow()));

    assertThat(own.reason()).isEqualTo("SIGNATURE_INVALID");
    assertThat(stolen.reason()).isEqualTo("SIGNATURE_INVALID");
    assertThat(refused("SIGNATURE_INVALID"))
        .filteredOn(details -> details.contains(challenge.path("id").asText()))
        .hasSize(2)
        .allMatch(details -> details.contains("ANOTHER_TERMINAL"));
    // Its own terminal may still use it.
    assertThat(other.post("/v1/checks", other.proof(card, challenge, world.worldNow())).status())
        .isEqualTo(200);
  }

  @Test
  void aConsentThatIsNotToBeHadIsAuditedWithWhatWasAsked() throws SQLException {
    String check = kiosk.visit(card, world.worldNow()).body().path("checkId").asText();
    Counter other = town.counter("kiosk-8", "READER", GatewayWorld.CLINIC);

    assertThat(other.consent(check, "care").status()).isEqualTo(403);
    assertThat(kiosk.consent(check, "medication").status()).isEqualTo(200);
    assertThat(kiosk.consent(check, "surgery").reason()).isEqualTo("CONSENT_ALREADY_GIVEN");

    assertThat(
            Owner.texts(
                world,
                """
                select outcome || ' ' || coalesce(details::jsonb ->> 'asked', '')
                from audit_entry where check_id = ?::uuid and kind = 'CONSENT' order by number
                """,
                check))
        .containsExactly("FORBIDDEN care", "GRANTED ", "CONSENT_ALREADY_GIVEN surgery");
  }

  @Test
  void aReplayIsAuditedUnderTheChallengeThatWasSpent() throws SQLException {
    var challenge = kiosk.challenge();
    ObjectNode proof = kiosk.proof(card, challenge, world.worldNow());
    assertThat(kiosk.post("/v1/checks", proof).status()).isEqualTo(200);

    assertThat(kiosk.post("/v1/checks", proof).reason()).isEqualTo("CHALLENGE_REPLAYED");

    assertThat(refused("CHALLENGE_REPLAYED"))
        .filteredOn(details -> details.contains(challenge.path("id").asText()))
        .hasSize(1);
  }

  /** The particulars of every refusal of that kind that names this terminal and no person. */
  private List<String> refused(String outcome) throws SQLException {
    return Owner.texts(
        world,
        "select details from audit_entry where kind = 'PROOF_REFUSED' and outcome = ?"
            + " and system = 'kiosk-7' and person_id is null and check_id is null",
        outcome);
  }
}
