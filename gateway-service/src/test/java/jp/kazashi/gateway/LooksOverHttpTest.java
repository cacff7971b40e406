package jp.kazashi.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import jp.kazashi.gateway.Counter.Card;
import jp.kazashi.gateway.Counter.Reply;
import jp.kazashi.gateway.adapter.ops.Migrations;
import jp.kazashi.jpki.statement.VerificationMethod;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Administrators see who of their institution looked at whom, and nothing of any other. */
@QuarkusTest
@QuarkusTestResource(value = GatewayWorld.class, restrictToAnnotatedClass = false)
@SuppressWarnings("NullAway.Init") // Quarkus and the set-up set the fields
class LooksOverHttpTest {
  private static final String LOOKS = "/v1/staff/looks";

  @TestHTTPResource(value = "/", tls = true)
  URI gateway;

  GatewayWorld world;

  private final ObjectMapper json = new ObjectMapper();

  /** Where nobody else looks. */
  private final String clinic =
      "13" + (10_000_000 + Math.floorMod(UUID.randomUUID().hashCode(), 89_999_999));

  private Town town;
  private Counter kiosk;
  private Counter receipt;
  private Counter administrator;

  @BeforeEach
  void open() {
    town = new Town(world, gateway);
    kiosk = town.counter("kiosk-1", "READER", clinic);
    receipt = town.counter("receipt-1", "RECEIPT", clinic);
    administrator = town.desk("ADMINISTRATOR", clinic);
  }

  @AfterEach
  void putRight() {
    town.moveClock(Duration.ZERO);
  }

  @Test
  void itSaysWhoLookedAtWhomByWhatAndWhatLetThemNewestFirst() {
    Town.Insured person = town.insured();
    Card card = town.card(person);
    Member doctor = member("MEDICAL_VIEWER");
    String check = check(card, VerificationMethod.PIN, "");
    kiosk.consent(check, "medication");
    String chart = "chart-" + UUID.randomUUID();
    receipt.put("/v1/reference-numbers/" + chart, json.createObjectNode().put("checkId", check));

    assertThat(doctor.desk().get("/v1/checks/" + check + "/medications").status()).isEqualTo(200);
    assertThat(doctor.desk().get("/v1/checks/" + check + "/care").status()).isEqualTo(403);
    doctor.desk().post("/v1/lookups", town.keys(person).put("basis", "CONFIRMATION"));
    receipt.get("/v1/checks/" + check);
    receipt.post("/v1/grants/search", town.keys(person));
    String seen = check(card, VerificationMethod.STAFF, pass(doctor.desk()));

    Reply told = administrator.get(LOOKS);

    assertThat(told.status()).as(told.body().toString()).isEqualTo(200);
    JsonNode looks = told.body().path("looks");
    assertThat(each(looks, look -> look.path("what").asText() + " " + look.path("ground").asText()))
        .containsExactly(
            "SIGHT PRESENCE",
            "CONSENTS NUMBERS",
            "CHECK CHECK",
            "LOOK_UP CONFIRMATION",
            "RECORDS CONSENT",
            "RECORDS CONSENT");
    assertThat(each(looks, look -> look.path("staff").path("login").asText("-")))
        .containsExactly(doctor.login(), "-", "-", doctor.login(), doctor.login(), doctor.login());
    assertThat(each(looks, look -> look.path("system").asText()))
        .containsExactly("desk-1", "receipt-1", "receipt-1", "desk-1", "desk-1", "desk-1");
    assertThat(each(looks, look -> look.path("checkId").asText("-")))
        .containsExactly(seen, "-", check, "-", check, check);
    assertThat(each(looks, look -> look.path("referenceNumbers").path(0).asText("-")))
        .containsExactly("-", chart, chart, chart, chart, chart);
    assertThat(each(looks, look -> look.path("category").asText("-")))
        .containsExactly("-", "-", "-", "-", "care", "medication");
    assertThat(each(looks, look -> look.path("shown").asText()))
        .containsExactly("true", "true", "true", "true", "false", "true");
    assertThat(looks.get(5).path("records").asInt(-1)).isZero();
    assertThat(looks.get(5).path("receipt").path("hash").asText()).hasSize(64);
    assertThat(told.body().has("nextPage")).isFalse();
  }

  @Test
  void whatOtherInstitutionsLookedAtIsNotTold() {
    Town.Insured person = town.insured();
    receipt.post("/v1/lookups", town.keys(person));
    String elsewhere =
        "14" + (10_000_000 + Math.floorMod(UUID.randomUUID().hashCode(), 89_999_999));
    Counter abroad = town.desk("ADMINISTRATOR", elsewhere);
    Member doctor = member("MEDICAL_VIEWER");

    assertThat(abroad.get(LOOKS).body().path("looks")).isEmpty();
    assertThat(abroad.get(LOOKS + "?staff=" + doctor.id()).reason()).isEqualTo("NOT_FOUND");
    assertThat(abroad.get(LOOKS + "?page=9999-12-31T00:00:00Z~node-1:1~1").body().path("looks"))
        .isEmpty();
    abroad.post("/v1/lookups", town.keys(person));
    assertThat(administrator.get(LOOKS).body().path("looks")).hasSize(1);
    assertThat(abroad.get(LOOKS).body().path("looks")).hasSize(1);
  }

  @Test
  void onlyAnAdministratorWhoIsSignedInIsTold() {
    assertThat(town.desk("CLERK", clinic).get(LOOKS).reason()).isEqualTo("STAFF_RIGHT_MISSING");
    assertThat(town.desk("MEDICAL_VIEWER", clinic).get(LOOKS).reason())
        .isEqualTo("STAFF_RIGHT_MISSING");
    assertThat(town.counter("desk-1", "VIEWER", clinic).get(LOOKS).reason())
        .isEqualTo("STAFF_SESSION_MISSING");
    assertThat(receipt.get(LOOKS).reason()).isEqualTo("FORBIDDEN");
    assertThat(kiosk.get(LOOKS).reason()).isEqualTo("FORBIDDEN");
    assertThat(town.counter("operator-1", "OPERATOR", "999999").get(LOOKS).reason())
        .isEqualTo("FORBIDDEN");
  }

  @Test
  void theListIsNarrowedToAPersonAKindOfLookAndDays() {
    Town.Insured person = town.insured();
    Member first = member("CLERK");
    Member second = member("CLERK");
    first.desk().post("/v1/lookups", town.keys(person));
    second.desk().post("/v1/lookups", town.keys(person));
    pass(second.desk());
    town.moveClock(Duration.ofDays(3));
    second.desk().post("/v1/lookups", town.keys(person));
    String today = town.today().toString();
    String before = town.today().minusDays(3).toString();

    assertThat(count("?staff=" + first.id())).isEqualTo(1);
    assertThat(count("?staff=" + second.id())).isEqualTo(3);
    assertThat(count("?staff=" + second.id() + "&what=SIGHT")).isEqualTo(1);
    assertThat(count("?what=LOOK_UP")).isEqualTo(3);
    assertThat(count("?from=" + today)).isEqualTo(1);
    assertThat(count("?from=" + before + "&to=" + before)).isEqualTo(3);
    assertThat(count("?from=" + before + "&to=" + before + "&staff=" + first.id())).isEqualTo(1);
    assertThat(administrator.get(LOOKS + "?to=" + before).body().path("from").asText())
        .isEqualTo(town.today().minusDays(9).toString());
  }

  @Test
  void everyLineOfAListIsALookAndALongListIsToldPageByPageWithoutGapOrRepetition()
      throws Exception {
    Town.Insured person = town.insured();
    Member clerk = member("CLERK");
    Reply asked =
        clerk
            .desk()
            .post(
                "/v1/bulk-lookups", "application/x-ndjson", (town.keys(person) + "\n").repeat(230));
    String job = "/v1/bulk-lookups/" + asked.body().path("id").asText();
    while (!receipt.get(job).body().path("state").asText().equals("FINISHED")) {
      Thread.onSpinWait();
    }

    List<Integer> sizes = new ArrayList<>();
    Set<String> receipts = new HashSet<>();
    List<String> times = new ArrayList<>();
    String page = "";
    do {
      // What is looked at meanwhile is newer: it moves nothing.
      receipt.post("/v1/lookups", town.keys(person));
      JsonNode told = administrator.get(LOOKS + "?staff=" + clerk.id() + page).body();
      sizes.add(told.path("looks").size());
      receipts.addAll(each(told.path("looks"), look -> look.path("receipt").toString()));
      times.addAll(each(told.path("looks"), look -> look.path("at").asText()));
      assertThat(each(told.path("looks"), look -> look.path("list").asText())).containsOnly("true");
      page =
          told.has("nextPage")
              ? "&page=" + URLEncoder.encode(told.path("nextPage").asText(), StandardCharsets.UTF_8)
              : "";
    } while (!page.isEmpty());

    assertThat(sizes).containsExactly(100, 100, 30);
    assertThat(receipts).hasSize(230);
    assertThat(times.getFirst()).isGreaterThanOrEqualTo(times.getLast());
  }

  @Test
  void theLookAtTheLooksIsInTheAuditUnderTheNameOfWhoLooked() throws SQLException {
    JsonNode told = administrator.get(LOOKS + "?what=RECORDS").body();

    assertThat(
            Owner.texts(
                world,
                """
                select outcome || ' ' || (details::jsonb ->> 'what') || ' '
                  || (details::jsonb ->> 'entries') || ' ' || s.role
                from audit_entry a join staff s on s.id = (a.details::jsonb ->> 'staff')::uuid
                where a.kind = 'LOOKS_LIST' and a.organisation = ? and a.hash = decode(?, 'hex')
                """,
                clinic,
                told.path("receipt").path("hash").asText()))
        .containsExactly("SHOWN RECORDS 0 ADMINISTRATOR");
  }

  @Test
  void ofWhomMustNotBeFoundItSaysTheSameAsOfAnybodyAndOfNobodyWhatTheyAreCalled()
      throws SQLException {
    Town.Insured anybody = town.insured();
    Town.Insured hidden = town.insured();
    Owner.run(world, "update person set undisclosed = true where code = ?", hidden.code());
    receipt.post("/v1/lookups", town.keys(anybody));
    receipt.post("/v1/lookups", town.keys(hidden));

    JsonNode looks = administrator.get(LOOKS).body().path("looks");

    assertThat(looks).hasSize(2);
    assertThat(without(looks.get(0))).isEqualTo(without(looks.get(1)));
    assertThat(looks.toString())
        .doesNotContain("試験", "ｼｹﾝ", anybody.number(), hidden.number(), anybody.birthDate());
  }

  /** Only when it was and where it stands differ from look to look. */
  private static JsonNode without(JsonNode look) {
    ObjectNode rest = look.deepCopy();
    rest.remove(List.of("at", "receipt"));
    return rest;
  }

  @Test
  void whatCannotBeAskedIsSaidToBeSo() {
    for (String asked :
        List.of(
            "from=x",
            "to=2026-13-01",
            "from=%2B999999999-01-01",
            "from=2026-02-02&to=2026-02-01",
            "from=2020-01-01&to=2026-02-01",
            "staff=isha",
            "what=EVERYTHING",
            "page=1",
            "page=2026-99-27T00:00:00Z~node-1:1~1",
            "page=2026-11-27T00:00:00Z~node-1:0~1")) {
      assertThat(administrator.get(LOOKS + "?" + asked).reason())
          .as(asked)
          .isEqualTo("BAD_REQUEST");
    }
    assertThat(administrator.get(LOOKS + "?staff=" + UUID.randomUUID()).reason())
        .isEqualTo("NOT_FOUND");
  }

  @Test
  void partitionsThatWereThereBeforeGetTheIndexWhenANewerNodeStarts() throws Exception {
    receipt.post("/v1/lookups", town.keys(town.insured()));
    Owner.run(world, "drop index audit_entry_looks");
    Owner.run(world, migration());
    assertThat(validity()).containsOnly("false");

    Migrations.run(world.ownerUrl());

    assertThat(validity()).hasSizeGreaterThan(1).containsOnly("true");
    assertThat(administrator.get(LOOKS).body().path("looks")).hasSize(1);
  }

  /** Of the index and of those of the partitions that belong to it. */
  private List<String> validity() throws SQLException {
    return Owner.texts(
        world,
        """
        select x.indisvalid::text from pg_index x
        where x.indexrelid = 'audit_entry_looks'::regclass or x.indexrelid in (
          select inhrelid from pg_inherits where inhparent = 'audit_entry_looks'::regclass)
        """);
  }

  private static String migration() throws IOException {
    try (InputStream file =
        LooksOverHttpTest.class.getResourceAsStream("/db/migration/V22__looks.sql")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private record Member(String id, String login, Counter desk) {}

  private Member member(String role) {
    String login = "staff-" + UUID.randomUUID();
    String id = town.account(clinic, login, role).path("id").asText();
    Counter desk = town.counter("desk-1", "VIEWER", clinic);
    assertThat(desk.signIn(login, Town.PASSWORD).status()).isEqualTo(201);
    return new Member(id, login, desk);
  }

  private String pass(Counter desk) {
    return desk.post("/v1/visual-checks", json.createObjectNode().put("terminal", "kiosk-1"))
        .body()
        .path("pass")
        .asText();
  }

  private String check(Card card, VerificationMethod method, String pass) {
    ObjectNode proof = kiosk.proof(card, kiosk.challenge(), method, world.worldNow());
    if (!pass.isEmpty()) {
      proof.put("pass", pass);
    }
    Reply reply = kiosk.post("/v1/checks", proof);
    assertThat(reply.status()).as(reply.body().toString()).isEqualTo(200);
    return reply.body().path("checkId").asText();
  }

  private int count(String asked) {
    Reply told = administrator.get(LOOKS + asked);
    assertThat(told.status()).as(asked + told.body()).isEqualTo(200);
    return told.body().path("looks").size();
  }

  private static List<String> each(JsonNode looks, Function<JsonNode, String> what) {
    return StreamSupport.stream(looks.spliterator(), false).map(what).toList();
  }
}
