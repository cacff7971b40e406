package jp.kazashi.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jp.kazashi.gateway.Counter.Card;
import jp.kazashi.gateway.Counter.Reply;
import jp.kazashi.simulator.pki.Revocation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nobody tells what was revoked, and the operator chose to bear that for an hour. */
@QuarkusTest
@TestProfile(OutageTest.Bearing.class)
@QuarkusTestResource(value = GatewayWorld.class, restrictToAnnotatedClass = false)
@SuppressWarnings("NullAway.Init") // Quarkus sets the fields
class OutageTest {
  private static final Duration BORNE = Duration.ofHours(1);

  @TestHTTPResource(value = "/", tls = true)
  URI gateway;

  GatewayWorld world;

  private Town town;
  private Counter kiosk;
  private Card card;

  /** What is refused unless it is chosen. */
  public static final class Bearing implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "kazashi.outage-policy", "ELIGIBILITY_ONLY", "kazashi.outage-longest", BORNE.toString());
    }
  }

  @BeforeEach
  void evidenceIsHadAndThenNoMore() {
    town = new Town(world, gateway);
    kiosk = town.counter("kiosk-1", "READER", GatewayWorld.CLINIC);
    card = town.card(town.insured());
    Management.await("answered", () -> visit(card).status() == 200);
    world.responderIsUp(false);
  }

  @AfterEach
  void putRight() {
    world.responderIsUp(true);
    town.moveClock(Duration.ZERO);
    Management.await("ready", OutageTest::isReady);
  }

  @Test
  void aKnownCardGetsEligibilityAndNothingElse() {
    Reply reply = visit(card);

    assertThat(reply.status()).as(reply.body().toString()).isEqualTo(200);
    JsonNode answer = reply.body();
    assertThat(answer.path("qualification").path("validityCode").asInt()).isEqualTo(1);
    assertThat(answer.path("offeredConsents")).isEmpty();
    assertThat(notices(answer)).containsExactly("REVOCATION_NOT_CHECKED");
    String check = answer.path("checkId").asText();
    assertThat(kiosk.consent(check, "medication").reason()).isEqualTo("CONSENT_NOT_OFFERED");
    assertThat(kiosk.get("/v1/access-log?check=" + check).reason())
        .isEqualTo("ACCESS_LOG_NEEDS_HOLDER");
    assertThat(
            town.counter("receipt-1", "RECEIPT", GatewayWorld.CLINIC)
                .get("/v1/checks/" + check + "/medications")
                .reason())
        .isEqualTo("CONSENT_MISSING");
  }

  @Test
  void theAuditSaysThatItWasAnsweredInAnOutageAndSinceWhenNothingWasKnown() throws SQLException {
    String check = visit(card).body().path("checkId").asText();

    assertThat(
            Owner.texts(
                world,
                """
                select (details::jsonb ->> 'outage') || ' '
                  || ((details::jsonb ->> 'revocationLastHad')::timestamptz <= at)
                from audit_entry where check_id = ?::uuid and kind = 'CHECK'
                """,
                check))
        .containsExactly("ELIGIBILITY_ONLY true");
  }

  @Test
  void aCardNobodyRegisteredIsRefusedAndNotOfferedRegistration() {
    Card unknown = Card.issue(world, town.today().plusYears(3));

    assertThat(visit(unknown).reason()).isEqualTo("REVOCATION_UNAVAILABLE");
  }

  @Test
  void anotherKeysSignatureIsRefusedInAnOutageToo() {
    Card another = Card.issue(world, town.today().plusYears(3));
    Card forged = new Card(another.key(), card.certificate());

    assertThat(visit(forged).reason()).isEqualTo("SIGNATURE_INVALID");
  }

  @Test
  void theOutageIsBorneForItsTimeAndThenRefused() {
    town.moveClock(BORNE.minusMinutes(1));
    assertThat(visit(card).status()).isEqualTo(200);

    town.moveClock(BORNE.plusMinutes(1));
    Reply late = visit(card);

    assertThat(late.status()).isEqualTo(503);
    assertThat(late.reason()).isEqualTo("REVOCATION_UNAVAILABLE");
  }

  @Test
  void aRevocationThatIsKnownIsNeverBorne() {
    world.responderIsUp(true);
    Card lost = town.card(town.insured());
    world.jpki().revoke(lost.certificate(), Revocation.Reason.KEY_COMPROMISE, world.worldNow());
    Management.await("refused", () -> visit(lost).reason().equals("CERTIFICATE_REVOKED"));
  }

  @Test
  void aNodeThatCanJudgeNoCardAnyMoreIsNotReadyUntilSomebodyAnswersAgain() {
    town.moveClock(BORNE.plusMinutes(1));
    Management.await(
        "not ready",
        () -> {
          visit(card);
          return !isReady();
        });
    assertThat(Management.health("ready").toString()).contains("0 of 1 responders asked");
    Management.await("alarm", () -> Management.health("well").toString().contains("revocation"));
    assertThat(Management.metrics()).contains("kazashi_revocation_dead");

    world.responderIsUp(true);

    // Without any visit: the silent one is asked again, once its rest is over.
    Management.await("ready", OutageTest::isReady);
    Management.await("answered", () -> visit(card).status() == 200);
    assertThat(visit(card).body().path("offeredConsents")).isNotEmpty();
  }

  private Reply visit(Card shown) {
    return kiosk.visit(shown, world.worldNow());
  }

  private static boolean isReady() {
    return Management.health("ready").path("status").asText().equals("UP");
  }

  private static List<String> notices(JsonNode answer) {
    List<String> ids = new ArrayList<>();
    answer.path("notices").forEach(notice -> ids.add(notice.path("id").asText()));
    return ids;
  }
}
