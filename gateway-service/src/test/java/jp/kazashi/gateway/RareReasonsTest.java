package jp.kazashi.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import jp.kazashi.gateway.Counter.Card;
import jp.kazashi.gateway.Counter.Reply;
import jp.kazashi.simulator.pki.Issuer;
import jp.kazashi.simulator.pki.TransportCa;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a counter seldom hears, or hears only beside something else. */
@QuarkusTest
@QuarkusTestResource(value = GatewayWorld.class, restrictToAnnotatedClass = false)
@SuppressWarnings("NullAway.Init") // Quarkus and the set-up set the fields
class RareReasonsTest {
  /** As the simulator issues them. */
  private static final Duration LIFE_OF_A_LIST = Duration.ofDays(365);

  @TestHTTPResource(value = "/", tls = true)
  URI gateway;

  GatewayWorld world;

  private final ObjectMapper json = new ObjectMapper();
  private Town town;
  private Counter kiosk;
  private Counter receipt;

  @BeforeEach
  void open() {
    town = new Town(world, gateway);
    kiosk = town.counter("kiosk-1", "READER", GatewayWorld.CLINIC);
    receipt = town.counter("receipt-1", "RECEIPT", GatewayWorld.CLINIC);
  }

  @AfterEach
  void putRight() throws IOException {
    world.serveAsUsual();
  }

  @Test
  void aCardOfAStrangersAuthorityIsNotTrusted() {
    Card fake = Card.issue(world, Issuer.STRANGER, town.today().plusYears(3));

    Reply refused = kiosk.visit(fake, world.worldNow());

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.reason()).isEqualTo("CERTIFICATE_NOT_TRUSTED");
  }

  @Test
  void whoseCardEndsSoonIsToldAndServedAsUsual() {
    Card card = town.card(town.insured(), town.today().plusDays(60));

    JsonNode answer = kiosk.visit(card, world.worldNow()).body();

    assertThat(answer.path("certificate").path("phase").asText()).isEqualTo("EXPIRING_SOON");
    assertThat(answer.path("notices").get(0).path("id").asText())
        .isEqualTo("CERTIFICATE_EXPIRES_SOON");
    assertThat(answer.path("offeredConsents")).isNotEmpty();
  }

  @Test
  void aLookUpSaysWhyNobodyIsSimplyCovered() {
    String past = town.today().minusYears(1).toString();
    String since = town.today().minusYears(1).plusDays(1).toString();
    Town.Insured lapsed = town.insured(json.createObjectNode().put("validTo", past));
    Town.Insured later =
        town.insured(json.createObjectNode().put("validFrom", town.today().plusDays(9).toString()));
    Town.Insured moved = town.insured(json.createObjectNode().put("validTo", past));
    town.insured(
        json.createObjectNode()
            .put("personCode", moved.code())
            .put("number", "87654321")
            .put("validFrom", since));
    Town.Insured twin = town.insured();
    town.insured(json.createObjectNode().put("number", twin.number()).put("branchNumber", "01"));
    ObjectNode ambiguous = town.keys(twin);
    ambiguous.remove("branchNumber");

    assertThat(said(town.keys(lapsed))).isEqualTo("QUALIFICATION_LAPSED");
    assertThat(said(town.keys(later))).isEqualTo("QUALIFICATION_NOT_YET_EFFECTIVE");
    assertThat(said(town.keys(moved))).isEqualTo("QUALIFICATION_SUPERSEDED");
    assertThat(said(ambiguous)).isEqualTo("QUALIFICATION_AMBIGUOUS");
  }

  private String said(ObjectNode keys) {
    Reply reply = receipt.post("/v1/lookups", keys);
    assertThat(reply.status()).as(reply.body().toString()).isEqualTo(200);
    return reply.reason();
  }

  @Test
  void threeBulkLookUpsOfOneInstitutionMayWaitAndNoneIsHandedOutUnfinished() throws SQLException {
    Counter asker = town.counter("receipt-2", "RECEIPT", GatewayWorld.OTHER_CLINIC);
    String line = town.keys(town.insured()).toString();
    String job = "";
    for (int i = 0; i < 3; i++) {
      job = asker.post("/v1/bulk-lookups", "application/x-ndjson", line).body().path("id").asText();
    }
    Management.await(
        "finished",
        () -> jobs("finished_at is null and institution = ?", GatewayWorld.OTHER_CLINIC) == 0);
    // Held by a node that nobody knows, until long after this test.
    Owner.run(
        world,
        "update bulk_job set finished_at = null, held_by = gen_random_uuid(),"
            + " held_until = asked_at + interval '1 day' where institution = ?",
        GatewayWorld.OTHER_CLINIC);
    try {
      Reply fourth = asker.post("/v1/bulk-lookups", "application/x-ndjson", line);
      Reply early =
          asker.send(
              "GET",
              "/v1/bulk-lookups/" + job,
              Map.of("Accept", "application/zip, application/problem+json"),
              new byte[0]);

      assertThat(fourth.status()).isEqualTo(429);
      assertThat(fourth.reason()).isEqualTo("BULK_TOO_MANY");
      assertThat(early.status()).isEqualTo(409);
      assertThat(early.reason()).isEqualTo("BULK_NOT_FINISHED");
    } finally {
      Owner.run(
          world,
          "update bulk_job set finished_at = asked_at where institution = ?",
          GatewayWorld.OTHER_CLINIC);
    }
  }

  private int jobs(String which, String institution) {
    try {
      return Owner.texts(world, "select id::text from bulk_job where " + which, institution).size();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** The row is another's by the time of the change: the database changes none, as then. */
  @Test
  void anAccountThatSomebodyElseChangedMeanwhileIsLeftAsItIs() throws SQLException {
    Counter desk = town.desk("ADMINISTRATOR");
    JsonNode account = town.account(GatewayWorld.CLINIC, "clerk-" + UUID.randomUUID(), "CLERK");
    Owner.run(
        world,
        "create function overtaken() returns trigger language plpgsql as"
            + " $$ begin return null; end $$");
    Owner.run(
        world,
        "create trigger overtaken before update on staff"
            + " for each row execute function overtaken()");
    try {
      Reply reply =
          desk.patch(
              "/v1/staff/" + account.path("id").asText(),
              json.createObjectNode().put("unlock", true));

      assertThat(reply.reason()).as(reply.body().toString()).isEqualTo("STAFF_CHANGED_MEANWHILE");
      assertThat(reply.status()).isEqualTo(409);
    } finally {
      Owner.run(world, "drop function overtaken() cascade");
    }
  }

  /** A list that is over is never taken: this one is not yet, when it comes. */
  @Test
  void whenAListOfRevokedClientsHasRunOutNobodyIsServed() throws IOException {
    String lists = Files.readString(world.served().resolve("clients.crl.pem"));
    String authorities = Files.readString(world.served().resolve("clients.pem"));
    assertThat(anything()).isEqualTo("NOT_FOUND");

    // Longer each time, for a machine that takes longer to read it than it lives.
    String said = "NOT_FOUND";
    for (int seconds = 2; seconds < 60 && said.equals("NOT_FOUND"); seconds *= 2) {
      TransportCa neglected = authority("neglected-" + seconds);
      Instant end = world.realNow().plusSeconds(seconds);
      String list = Files.readString(neglected.revocations(end.minus(LIFE_OF_A_LIST)));
      world.replace("clients.crl.pem", lists + list);
      world.replace("clients.pem", authorities + Files.readString(neglected.trust().certificate()));
      Management.await("it is over", () -> world.realNow().isAfter(end));
      said = anything();
    }
    assertThat(said).isEqualTo("CALLER_NOT_CHECKABLE");
    assertThat(kiosk.get("/v1/checks/" + new UUID(1, 2)).status()).isEqualTo(503);

    world.serveAsUsual();
    Management.await("in time", () -> anything().equals("NOT_FOUND"));
  }

  private TransportCa authority(String name) throws IOException {
    return TransportCa.open(
        world.served().resolveSibling(name),
        world.realNow().minus(LIFE_OF_A_LIST.multipliedBy(2)),
        world.random());
  }

  private String anything() {
    return kiosk.get("/v1/checks/" + new UUID(1, 2)).reason();
  }
}
