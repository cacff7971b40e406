package jp.kazashi.gateway;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import jp.kazashi.gateway.Counter.Card;
import jp.kazashi.gateway.Counter.Reply;
import jp.kazashi.simulator.ocsp.OcspLie;
import jp.kazashi.simulator.tsa.TsaLie;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever the JPKI's services do, nothing is answered or sealed that they did not prove. */
@QuarkusTest
@QuarkusTestResource(value = GatewayWorld.class, restrictToAnnotatedClass = false)
@SuppressWarnings("NullAway.Init") // Quarkus and the set-up set the fields
class ForeignServicesTest {
  private static final String OCSP = "/";
  private static final String TSA = "/tsa";
  private static final String OCSP_TYPE = "application/ocsp-response";

  /** Far longer than anybody waits for a responder. */
  private static final int MINUTE = 60_000;

  private static final int MEGABYTE = 1 << 20;

  @TestHTTPResource(value = "/", tls = true)
  URI gateway;

  GatewayWorld world;

  private Town town;
  private Counter kiosk;
  private Card card;

  @BeforeEach
  void somebodyIsInsured() {
    town = new Town(world, gateway);
    kiosk = town.counter("kiosk-1", "READER", GatewayWorld.CLINIC);
    card = town.card(town.insured());
  }

  @AfterEach
  void putRight() {
    world.everybodyIsHonest();
    Management.await("answered again", () -> visit().status() == 200);
  }

  @Test
  void aResponderThatLiesIsNotBelievedAndTheAuditSaysWhy() throws SQLException {
    Map<OcspLie, String> lies = new LinkedHashMap<>();
    lies.put(new OcspLie.WrongSigner(), "RESPONDER_NOT_AUTHORIZED");
    lies.put(new OcspLie.BadSignature(), "SIGNATURE_INVALID");
    lies.put(new OcspLie.WrongCertId(OcspLie.Part.SERIAL), "OTHER_CERTIFICATE");
    lies.put(new OcspLie.WrongCertId(OcspLie.Part.ISSUER_KEY), "OTHER_CERTIFICATE");
    lies.put(new OcspLie.WithoutNonce(), "NONCE_MISSING");
    lies.put(new OcspLie.OtherNonce(), "NONCE_DIFFERS");
    lies.put(new OcspLie.Stale(Duration.ofDays(1)), "STALE");
    lies.put(new OcspLie.FromTheFuture(Duration.ofDays(1)), "FROM_THE_FUTURE");
    lies.put(new OcspLie.NoDer(), "MALFORMED");
    lies.put(new OcspLie.HalfOfIt(), "MALFORMED");
    for (var lie : lies.entrySet()) {
      world
          .foreign()
          .says(
              OCSP,
              aResponse().withHeader("Content-Type", OCSP_TYPE),
              question -> world.lie(question, lie.getKey()));

      assertThat(judged(refused(lie.getKey().toString())))
          .as(lie.getKey().toString())
          .isEqualTo(lie.getValue());
      assertThat(world.foreign().asked(OCSP)).as(lie.getKey().toString()).isEqualTo(1);
    }
  }

  @Test
  void aResponderThatIsDownOrSlowOrWithoutAnEndIsNotWaitedForLongerThanItsTime()
      throws SQLException {
    UnaryOperator<byte[]> honestly = world::honestAnswer;
    Map<String, ResponseDefinitionBuilder> ways = new LinkedHashMap<>();
    ways.put("down", aResponse().withStatus(503));
    ways.put("reset", aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
    ways.put("hung up", aResponse().withFault(Fault.EMPTY_RESPONSE));
    ways.put("no HTTP", aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE));
    ways.put("elsewhere", aResponse().withStatus(302).withHeader("Location", "/elsewhere"));
    ways.put("oversize", aResponse().withHeader("Content-Type", OCSP_TYPE).withGzipDisabled(true));
    ways.put("slow", aResponse().withFixedDelay(MINUTE));
    ways.put("trickling", aResponse().withChunkedDribbleDelay(MINUTE / 1000, MINUTE));
    for (var way : ways.entrySet()) {
      boolean endless = way.getKey().equals("oversize");
      world
          .foreign()
          .says(OCSP, way.getValue(), endless ? question -> new byte[MEGABYTE] : honestly);

      // Whoever waited for the whole of it would have an honest answer, and no refusal.
      assertThat(judged(refused(way.getKey()))).as(way.getKey()).isEqualTo("UNANSWERED");
      // Whose connection was closed is asked once more, on another.
      assertThat(world.foreign().asked(OCSP)).as(way.getKey()).isBetween(1, 2);
      assertThat(world.foreign().asked("/elsewhere")).isZero();

      world.everybodyIsHonest();
      assertThat(visit().status()).as("after " + way.getKey()).isEqualTo(200);
    }
  }

  @Test
  void aResponderThatIsTakenForDeadIsLeftAlone() {
    world.foreign().does(OCSP, aResponse().withStatus(503));

    for (int i = 0; i < 20; i++) {
      refused("visit " + i);
    }

    // Three failures make it dead; after that one question at a time, and not at every visit.
    assertThat(world.foreign().asked(OCSP)).isBetween(3, 19);
  }

  @Test
  void nothingIsSealedThatTheAuthorityDidNotStampAndVisitsGoOnMeanwhile() {
    // From here on nothing is sealed: the first lie is there before the entry.
    world.foreign().does(TSA, aResponse().withStatus(503));
    JsonNode receipt = visit().body().path("receipt");
    List<TsaLie> lies =
        List.of(
            new TsaLie.WrongSigner(),
            new TsaLie.BadSignature(),
            new TsaLie.OtherImprint(),
            new TsaLie.OtherNonce(),
            new TsaLie.Behind(Duration.ofDays(1)),
            new TsaLie.Refuses(),
            new TsaLie.HalfOfIt());
    for (TsaLie lie : lies) {
      world.foreign().says(TSA, aResponse(), question -> world.lie(question, lie));
      Management.await("asked: " + lie, () -> world.foreign().asked(TSA) > 0);
    }
    List<ResponseDefinitionBuilder> silences =
        List.of(
            aResponse().withStatus(503),
            aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER),
            aResponse().withBody(new byte[MEGABYTE]));
    for (ResponseDefinitionBuilder silence : silences) {
      world.foreign().does(TSA, silence);
      Management.await("asked again", () -> world.foreign().asked(TSA) > 1);
    }

    assertThat(isSealed(receipt)).isFalse();
    assertThat(visit().status()).isEqualTo(200);

    world.everybodyIsHonest();
    Management.await("sealed", () -> isSealed(receipt));
  }

  private Reply visit() {
    return kiosk.visit(card, world.worldNow());
  }

  private Reply refused(String what) {
    Reply reply = visit();
    assertThat(reply.status()).as(what + reply.body()).isEqualTo(503);
    assertThat(reply.reason()).as(what).isEqualTo("REVOCATION_UNAVAILABLE");
    return reply;
  }

  private String judged(Reply reply) throws SQLException {
    return String.join(
        ",",
        Owner.texts(
            world,
            "select details::jsonb ->> 'judged' from audit_entry where check_id = ?::uuid",
            reply.body().path("checkId").asText()));
  }

  private boolean isSealed(JsonNode receipt) {
    try {
      return !Owner.texts(
              world,
              """
              select number from audit_seal where node || ':' || epoch = ?
                and last >= cast(? as bigint)
              """,
              receipt.path("chain").asText(),
              receipt.path("number").asText())
          .isEmpty();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
