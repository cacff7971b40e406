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
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import jp.kazashi.gateway.Counter.Card;
import jp.kazashi.gateway.Counter.Reply;
import jp.kazashi.jpki.statement.VerificationMethod;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Accounts, sessions and visual checks, as desks and kiosks meet them. */
@QuarkusTest
@QuarkusTestResource(value = GatewayWorld.class, restrictToAnnotatedClass = false)
@SuppressWarnings("NullAway.Init") // Quarkus sets the fields
class StaffOverHttpTest {
  @TestHTTPResource(value = "/", tls = true)
  URI gateway;

  GatewayWorld world;

  private final ObjectMapper json = new ObjectMapper();
  private Town town;
  private Counter kiosk;

  @BeforeEach
  void open() {
    town = new Town(world, gateway);
    kiosk = town.counter("kiosk-1", "READER", GatewayWorld.CLINIC);
  }

  @AfterEach
  void putRight() {
    town.moveClock(Duration.ZERO);
  }

  @Test
  void aDeskIsServedOnlyWhileSomebodyIsSignedIn() {
    ObjectNode keys = town.keys(town.insured());
    Counter desk = town.counter("desk-1", "VIEWER", GatewayWorld.CLINIC);

    assertThat(desk.post("/v1/lookups", keys).reason()).isEqualTo("STAFF_SESSION_MISSING");
    desk.carry("not a token of ours");
    assertThat(desk.post("/v1/lookups", keys).reason()).isEqualTo("STAFF_SESSION_MISSING");

    String login = login();
    town.account(GatewayWorld.CLINIC, login, "CLERK");
    Reply signedIn = desk.signIn(login, Town.PASSWORD);
    assertThat(signedIn.status()).as(signedIn.body().toString()).isEqualTo(201);
    assertThat(signedIn.body().path("staff").path("login").asText()).isEqualTo(login);
    assertThat(signedIn.body().path("staff").has("password")).isFalse();
    assertThat(desk.post("/v1/lookups", keys).status()).isEqualTo(200);

    assertThat(desk.delete("/v1/staff/sessions").status()).isEqualTo(200);
    assertThat(desk.post("/v1/lookups", keys).reason()).isEqualTo("STAFF_SESSION_MISSING");
  }

  @Test
  void aSessionWorksThroughItsOwnCertificateOnly() {
    ObjectNode keys = town.keys(town.insured());
    String login = login();
    town.account(GatewayWorld.CLINIC, login, "CLERK");
    Counter desk = town.counter("desk-1", "VIEWER", GatewayWorld.CLINIC);
    String token = desk.signIn(login, Town.PASSWORD).body().path("token").asText();

    Counter neighbour = town.counter("desk-2", "VIEWER", GatewayWorld.CLINIC);
    neighbour.carry(token);
    Counter abroad = town.counter("desk-1", "VIEWER", GatewayWorld.OTHER_CLINIC);
    abroad.carry(token);

    assertThat(neighbour.post("/v1/lookups", keys).reason()).isEqualTo("STAFF_SESSION_MISSING");
    assertThat(abroad.post("/v1/lookups", keys).reason()).isEqualTo("STAFF_SESSION_MISSING");
    assertThat(desk.post("/v1/lookups", keys).status()).isEqualTo(200);
  }

  @Test
  void aMovedWorldClockEndsNoSession() {
    ObjectNode keys = town.keys(town.insured());
    Counter desk = town.desk("CLERK");

    town.moveClock(Duration.ofDays(90));

    assertThat(desk.post("/v1/lookups", keys).status()).isEqualTo(200);
  }

  @Test
  void wrongPasswordsCloseTheAccountAlsoForTheRightOneAndAnAdministratorOpensIt() {
    String login = login();
    JsonNode account = town.account(GatewayWorld.CLINIC, login, "CLERK");
    Counter desk = town.counter("desk-1", "VIEWER", GatewayWorld.CLINIC);

    for (int attempt = 1; attempt <= 4; attempt++) {
      assertThat(desk.signIn(login, "a wrong word").reason()).isEqualTo("STAFF_SIGN_IN_REFUSED");
    }
    assertThat(desk.signIn(login, "a wrong word").reason()).isEqualTo("STAFF_LOCKED");
    assertThat(desk.signIn(login, Town.PASSWORD).reason()).isEqualTo("STAFF_LOCKED");

    Counter administrator = town.desk("ADMINISTRATOR");
    Reply opened =
        administrator.patch(
            "/v1/staff/" + account.path("id").asText(),
            json.createObjectNode().put("unlock", true));
    assertThat(opened.status()).as(opened.body().toString()).isEqualTo(200);
    assertThat(desk.signIn(login, Town.PASSWORD).status()).isEqualTo(201);
  }

  @Test
  void manyGuessesAtOnceAreNoMoreGuesses() throws Exception {
    String login = login();
    town.account(GatewayWorld.CLINIC, login, "CLERK");
    Counter desk = town.counter("desk-1", "VIEWER", GatewayWorld.CLINIC);
    List<Callable<Reply>> guesses = new ArrayList<>();
    for (int guess = 0; guess < 12; guess++) {
      String word = "guess number " + guess;
      guesses.add(() -> desk.signIn(login, word));
    }

    List<String> reasons = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(12)) {
      for (Future<Reply> sent : pool.invokeAll(guesses)) {
        reasons.add(sent.get().reason());
      }
    }

    assertThat(reasons).containsOnly("STAFF_SIGN_IN_REFUSED", "STAFF_LOCKED");
    assertThat(reasons.stream().filter("STAFF_SIGN_IN_REFUSED"::equals).count())
        .isLessThanOrEqualTo(5);
    assertThat(desk.signIn(login, Town.PASSWORD).reason()).isEqualTo("STAFF_LOCKED");
  }

  @Test
  void whoIsUnknownIsToldTheSameAsWhoMistyped() {
    Counter desk = town.counter("desk-1", "VIEWER", GatewayWorld.CLINIC);

    Reply unknown = desk.signIn("nobody-" + UUID.randomUUID(), "any password");

    assertThat(unknown.status()).isEqualTo(401);
    assertThat(unknown.reason()).isEqualTo("STAFF_SIGN_IN_REFUSED");
  }

  @Test
  void anAccountIsOfItsInstitution() {
    String login = login();
    JsonNode account = town.account(GatewayWorld.OTHER_CLINIC, login, "CLERK");
    Counter administrator = town.desk("ADMINISTRATOR");

    assertThat(
            town.counter("desk-1", "VIEWER", GatewayWorld.CLINIC)
                .signIn(login, Town.PASSWORD)
                .reason())
        .isEqualTo("STAFF_SIGN_IN_REFUSED");
    assertThat(
            administrator
                .patch(
                    "/v1/staff/" + account.path("id").asText(),
                    json.createObjectNode().put("active", false))
                .reason())
        .isEqualTo("NOT_FOUND");
    assertThat(administrator.get("/v1/staff?institution=" + GatewayWorld.OTHER_CLINIC).reason())
        .isEqualTo("NOT_FOUND");
    assertThat(administrator.get("/v1/staff").body().toString()).doesNotContain(login);
  }

  @Test
  void onlyAnAdministratorKeepsAccounts() {
    ObjectNode asked =
        json.createObjectNode()
            .put("login", login())
            .put("name", "医師　次郎")
            .put("role", "MEDICAL_VIEWER")
            .put("password", Town.PASSWORD);

    assertThat(town.desk("CLERK").post("/v1/staff", asked).reason())
        .isEqualTo("STAFF_RIGHT_MISSING");
    assertThat(town.desk("MEDICAL_VIEWER").get("/v1/staff").reason())
        .isEqualTo("STAFF_RIGHT_MISSING");
    assertThat(kiosk.post("/v1/staff", asked).reason()).isEqualTo("FORBIDDEN");

    Counter administrator = town.desk("ADMINISTRATOR");
    assertThat(administrator.post("/v1/staff", asked).status()).isEqualTo(201);
    assertThat(administrator.post("/v1/staff", asked).reason()).isEqualTo("STAFF_LOGIN_TAKEN");
    assertThat(
            administrator
                .post("/v1/staff", asked.deepCopy().put("login", login()).put("password", "short"))
                .reason())
        .isEqualTo("STAFF_PASSWORD_WEAK");
    assertThat(administrator.post("/v1/staff", asked.deepCopy().put("login", "two words")).reason())
        .isEqualTo("BAD_REQUEST");
  }

  @Test
  void aNewPasswordOrAClosedAccountEndsItsSessions() {
    ObjectNode keys = town.keys(town.insured());
    Counter administrator = town.desk("ADMINISTRATOR");
    String login = login();
    String account = town.account(GatewayWorld.CLINIC, login, "CLERK").path("id").asText();
    Counter desk = town.counter("desk-1", "VIEWER", GatewayWorld.CLINIC);
    desk.signIn(login, Town.PASSWORD);

    administrator.patch(
        "/v1/staff/" + account, json.createObjectNode().put("password", "another long word"));
    assertThat(desk.post("/v1/lookups", keys).reason()).isEqualTo("STAFF_SESSION_MISSING");
    assertThat(desk.signIn(login, "another long word").status()).isEqualTo(201);

    administrator.patch("/v1/staff/" + account, json.createObjectNode().put("active", false));
    assertThat(desk.post("/v1/lookups", keys).reason()).isEqualTo("STAFF_SESSION_MISSING");
    assertThat(desk.signIn(login, "another long word").reason()).isEqualTo("STAFF_SIGN_IN_REFUSED");
  }

  @Test
  void administratorsCannotShutThemselvesOut() {
    String login = login();
    String account = town.account(GatewayWorld.CLINIC, login, "ADMINISTRATOR").path("id").asText();
    Counter desk = town.counter("desk-1", "VIEWER", GatewayWorld.CLINIC);
    desk.signIn(login, Town.PASSWORD);

    assertThat(
            desk.patch("/v1/staff/" + account, json.createObjectNode().put("active", false))
                .reason())
        .isEqualTo("STAFF_OWN_ACCOUNT");
    assertThat(
            desk.patch("/v1/staff/" + account, json.createObjectNode().put("role", "CLERK"))
                .reason())
        .isEqualTo("STAFF_OWN_ACCOUNT");
    assertThat(
            desk.patch("/v1/staff/" + account, json.createObjectNode().put("name", "新しい　名前"))
                .status())
        .isEqualTo(200);
  }

  @Test
  void recordsNeedTheMedicalRightBesideTheConsent() {
    Card card = town.card(town.insured());
    String check = kiosk.visit(card, world.worldNow()).body().path("checkId").asText();
    kiosk.consent(check, "medication");
    String records = "/v1/checks/" + check + "/medications";

    assertThat(town.desk("CLERK").get(records).reason()).isEqualTo("STAFF_RIGHT_MISSING");
    assertThat(town.desk("CLERK").get("/v1/checks/" + check).status()).isEqualTo(200);
    assertThat(town.desk("MEDICAL_VIEWER").get(records).status()).isEqualTo(200);
    assertThat(town.desk("ADMINISTRATOR").get(records).status()).isEqualTo(200);
  }

  @Test
  void theAuditNamesWhoWasSignedIn() throws SQLException {
    Card card = town.card(town.insured());
    String check = kiosk.visit(card, world.worldNow()).body().path("checkId").asText();
    kiosk.consent(check, "medication");
    String login = login();
    String account = town.account(GatewayWorld.CLINIC, login, "MEDICAL_VIEWER").path("id").asText();
    Counter desk = town.counter("desk-1", "VIEWER", GatewayWorld.CLINIC);
    desk.signIn(login, Town.PASSWORD);

    desk.get("/v1/checks/" + check + "/medications");

    assertThat(audited("kind = 'READ' and check_id = '" + check + "'"))
        .singleElement()
        .asString()
        .contains("\"staff\":\"" + account + "\"");
    assertThat(audited("kind = 'STAFF' and outcome = 'SIGNED_IN'"))
        .anyMatch(details -> details.contains(account))
        .noneMatch(details -> details.contains(login));
  }

  @Test
  void staffConfirmNobodyWithoutAPass() throws SQLException {
    Card card = town.card(town.insured());
    Instant now = world.worldNow();
    int before = audited("kind = 'CHECK'").size();

    Reply without = kiosk.post("/v1/checks", bySight(card, now));
    Reply madeUp =
        kiosk.post("/v1/checks", bySight(card, now).put("pass", UUID.randomUUID().toString()));
    Reply garbage = kiosk.post("/v1/checks", bySight(card, now).put("pass", "please"));

    assertThat(without.status()).isEqualTo(422);
    assertThat(without.reason()).isEqualTo("VISUAL_PASS_MISSING");
    assertThat(madeUp.reason()).isEqualTo("VISUAL_PASS_INVALID");
    assertThat(garbage.reason()).isEqualTo("BAD_REQUEST");
    assertThat(audited("kind = 'CHECK'")).hasSize(before);
  }

  @Test
  void aPassLetsOneVisitThroughAndIsNamedInTheAudit() throws SQLException {
    Card card = town.card(town.insured());
    String pass = pass(town.desk("CLERK"), "kiosk-1");

    Reply first = kiosk.post("/v1/checks", bySight(card, world.worldNow()).put("pass", pass));
    Reply second = kiosk.post("/v1/checks", bySight(card, world.worldNow()).put("pass", pass));

    assertThat(first.status()).as(first.body().toString()).isEqualTo(200);
    assertThat(second.status()).isEqualTo(409);
    assertThat(second.reason()).isEqualTo("VISUAL_PASS_SPENT");
    assertThat(audited("check_id = '" + first.body().path("checkId").asText() + "'"))
        .singleElement()
        .asString()
        .contains("\"pass\":\"" + pass + "\"", "\"holderBy\":\"STAFF\"", "\"staff\":\"");
  }

  @Test
  void ofManyVisitsWithOnePassAtOnceOneIsLetThrough() throws Exception {
    Card card = town.card(town.insured());
    String pass = pass(town.desk("CLERK"), "kiosk-1");
    List<Callable<Reply>> visits = new ArrayList<>();
    for (int visit = 0; visit < 8; visit++) {
      ObjectNode proof = bySight(card, world.worldNow()).put("pass", pass);
      visits.add(() -> kiosk.post("/v1/checks", proof));
    }

    List<Integer> statuses = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(8)) {
      for (Future<Reply> sent : pool.invokeAll(visits)) {
        statuses.add(sent.get().status());
      }
    }

    assertThat(statuses).containsOnlyOnce(200);
    assertThat(statuses).filteredOn(status -> status == 409).hasSize(7);
  }

  @Test
  void aPassIsOfOneTerminalOfItsInstitutionAndOfTheMethodStaff() {
    Card card = town.card(town.insured());
    String pass = pass(town.desk("CLERK"), "kiosk-2");

    assertThat(kiosk.post("/v1/checks", bySight(card, world.worldNow()).put("pass", pass)).reason())
        .isEqualTo("VISUAL_PASS_INVALID");
    Counter abroad = town.counter("kiosk-2", "READER", GatewayWorld.OTHER_CLINIC);
    JsonNode challenge = abroad.challenge();
    assertThat(
            abroad
                .post(
                    "/v1/checks",
                    abroad
                        .proof(card, challenge, VerificationMethod.STAFF, world.worldNow())
                        .put("pass", pass))
                .reason())
        .isEqualTo("VISUAL_PASS_INVALID");
    assertThat(
            kiosk
                .post(
                    "/v1/checks",
                    kiosk.proof(card, kiosk.challenge(), world.worldNow()).put("pass", pass))
                .reason())
        .isEqualTo("VISUAL_PASS_INVALID");
  }

  @Test
  void onlySomebodySignedInGivesPasses() {
    ObjectNode asked = json.createObjectNode().put("terminal", "kiosk-1");

    assertThat(
            town.counter("desk-1", "VIEWER", GatewayWorld.CLINIC)
                .post("/v1/visual-checks", asked)
                .reason())
        .isEqualTo("STAFF_SESSION_MISSING");
    assertThat(kiosk.post("/v1/visual-checks", asked).reason()).isEqualTo("FORBIDDEN");
  }

  @Test
  void aCardIsNotAPhoneAndAFaceIsTheTerminalsWord() throws SQLException {
    Card card = town.card(town.insured());

    Reply phone = kiosk.post("/v1/checks", by(card, VerificationMethod.PHONE, world.worldNow()));
    Reply face = kiosk.post("/v1/checks", by(card, VerificationMethod.FACE, world.worldNow()));

    assertThat(phone.reason()).isEqualTo("METHOD_NOT_OF_THIS_CARD");
    assertThat(phone.body().path("receipt").path("number").asLong()).isPositive();
    assertThat(face.status()).isEqualTo(200);
    assertThat(audited("check_id = '" + face.body().path("checkId").asText() + "'"))
        .singleElement()
        .asString()
        .contains("\"holderBy\":\"TERMINAL\"")
        // Terminals older than the field send none.
        .doesNotContain("faceCalibration");
  }

  @Test
  void aFaceIsWrittenDownWithTheCalibrationItWasComparedBy() throws SQLException {
    Card card = town.card(town.insured());
    ObjectNode compared =
        by(card, VerificationMethod.FACE, world.worldNow())
            .put("faceCalibration", "own-0123456789ab");

    Reply face = kiosk.post("/v1/checks", compared);

    assertThat(face.status()).isEqualTo(200);
    assertThat(audited("check_id = '" + face.body().path("checkId").asText() + "'"))
        .singleElement()
        .asString()
        .contains("\"holderBy\":\"TERMINAL\"", "\"faceCalibration\":\"own-0123456789ab\"");
  }

  @Test
  void nothingButTheNameOfACalibrationReachesTheRecordAndOnlyWithAFace() {
    Card card = town.card(town.insured());
    ObjectNode byFace = by(card, VerificationMethod.FACE, world.worldNow());

    for (String name : List.of("", "x", "山田太郎", "a name", "a".repeat(65), "Own-1", "\u0000a")) {
      Reply reply = kiosk.post("/v1/checks", byFace.deepCopy().put("faceCalibration", name));
      assertThat(reply.status()).as(name).isEqualTo(400);
      assertThat(reply.reason()).as(name).isEqualTo("BAD_REQUEST");
    }
    ObjectNode byPin =
        by(card, VerificationMethod.PIN, world.worldNow()).put("faceCalibration", "own-1");
    assertThat(kiosk.post("/v1/checks", byPin).reason()).isEqualTo("BAD_REQUEST");
  }

  private String pass(Counter desk, String terminal) {
    Reply issued =
        desk.post("/v1/visual-checks", json.createObjectNode().put("terminal", terminal));
    assertThat(issued.status()).as(issued.body().toString()).isEqualTo(201);
    return issued.body().path("pass").asText();
  }

  private ObjectNode bySight(Card card, Instant now) {
    return by(card, VerificationMethod.STAFF, now);
  }

  private ObjectNode by(Card card, VerificationMethod method, Instant now) {
    return kiosk.proof(card, kiosk.challenge(), method, now);
  }

  private List<String> audited(String where) throws SQLException {
    return Owner.texts(world, "select details from audit_entry where " + where);
  }

  private static String login() {
    return "staff-" + UUID.randomUUID();
  }
}
