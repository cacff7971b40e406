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
import java.time.LocalDate;
import java.util.Map;
import jp.kazashi.gateway.Counter.Card;
import jp.kazashi.gateway.Counter.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Answers are sealed, and where they are not sealed in time none is given. */
@QuarkusTest
@TestProfile(SealTest.ShortOfPatience.class)
@QuarkusTestResource(value = GatewayWorld.class, restrictToAnnotatedClass = false)
@SuppressWarnings("NullAway.Init") // Quarkus sets the fields
class SealTest {
  @TestHTTPResource(value = "/", tls = true)
  URI gateway;

  GatewayWorld world;

  /** Seconds in the place of hours, and few in the place of many. */
  public static final class ShortOfPatience implements QuarkusTestProfile {
    static final int WAITING = 4;

    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "kazashi.seal-every",
          "PT0.3S",
          "kazashi.seal-stop",
          "PT3S",
          "kazashi.commit-longest",
          "PT2S",
          "kazashi.commit-waiting",
          Integer.toString(WAITING));
    }
  }

  @AfterEach
  void putRight() {
    world.stampsAreGiven(true);
    Management.await("sealed again", () -> isReady());
  }

  @Test
  void everyAnswersReceiptComesUnderASealAndItsChainsHeadIsWitnessed() {
    JsonNode receipt = visit().body().path("receipt");

    Management.await("sealed", () -> reaches("audit_seal", "last", receipt));
    Management.await("witnessed", () -> reaches("audit_witness", "number", receipt));
  }

  @Test
  void whereNothingIsSealedNothingIsAnsweredUntilItIs() {
    world.stampsAreGiven(false);
    // This one still is: it begins to wait.
    assertThat(visit().status()).isEqualTo(422);

    Management.await("stopped", () -> !isReady());
    Reply refused = visit();
    assertThat(refused.reason()).isEqualTo("AUDIT_UNSEALED");
    assertThat(refused.status()).isEqualTo(503);
    assertThat(Management.health("well").toString()).contains("seals");

    world.stampsAreGiven(true);
    Management.await("ready", this::isReady);
    assertThat(visit().status()).isEqualTo(422);
  }

  /** Of somebody nobody knows: refused, and kept as such. */
  private Reply visit() {
    return new Counter(world, gateway, "kiosk-1", "READER", GatewayWorld.CLINIC)
        .visit(Card.issue(world, LocalDate.of(2035, 1, 1)), world.worldNow());
  }

  private boolean isReady() {
    return Management.health("ready").path("status").asText().equals("UP");
  }

  private boolean reaches(String table, String column, JsonNode receipt) {
    String sql =
        "select number from %s where node || ':' || epoch = ? and %s >= cast(? as bigint)"
            .formatted(table, column);
    try {
      return !Owner.texts(
              world, sql, receipt.path("chain").asText(), receipt.path("number").asText())
          .isEmpty();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
