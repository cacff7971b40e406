package jp.kazashi.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipInputStream;
import jp.kazashi.gateway.Counter.Card;
import jp.kazashi.gateway.Counter.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Look-ups, bulk, reference numbers, grants, events and the usage report, over the wire. */
@QuarkusTest
@QuarkusTestResource(value = GatewayWorld.class, restrictToAnnotatedClass = false)
@SuppressWarnings("NullAway.Init") // Quarkus sets the fields
class DeskOverHttpTest {
  @TestHTTPResource(value = "/", tls = true)
  URI gateway;

  GatewayWorld world;

  private final ObjectMapper json = new ObjectMapper();
  private Town town;
  private Counter receipt;
  private Counter kiosk;

  @BeforeEach
  void open() {
    town = new Town(world, gateway);
    receipt = town.counter("receipt-1", "RECEIPT", GatewayWorld.CLINIC);
    kiosk = town.counter("kiosk-1", "READER", GatewayWorld.CLINIC);
  }

  @AfterEach
  void putRight() {
    town.moveClock(Duration.ZERO);
  }

  @Test
  void aFeedInTheNationalCharacterSetIsTakenInAsItWasMeant() {
    String csv =
        """
        type,line,personCode,name,nameKana,birthDate,sex,kind,insurerNumber,insurerName,symbol,number,\
        branchNumber,relationship,contributionRatio,validFrom
        qualification,1,P-cp932,髙橋　①郎,ﾀｶﾊｼ ｲﾁﾛｳ,1970-02-03,MALE,MEDICAL_INSURANCE,%s,試験健康保険,\
        932,31,00,PERSON,30,2024-04-01
        """
            .formatted(GatewayWorld.INSURER);
    Counter insurer = town.counter("insurer-1", "INSURER", GatewayWorld.INSURER);

    Reply taken =
        insurer.send(
            "POST",
            "/v1/intake/qualifications?batch=cp932",
            Map.of("Content-Type", "text/csv; charset=windows-31j"),
            csv.getBytes(Charset.forName("windows-31j")));

    assertThat(taken.body().path("accepted").asInt()).as(taken.body().toString()).isEqualTo(1);
    ObjectNode keys =
        json.createObjectNode()
            .put("insurerNumber", GatewayWorld.INSURER)
            .put("symbol", "932")
            .put("number", "31")
            .put("branchNumber", "00")
            .put("birthDate", "1970-02-03");
    Reply found =
        town.counter("receipt-1", "RECEIPT", GatewayWorld.CLINIC).post("/v1/lookups", keys);
    assertThat(found.body().path("qualification").path("name").asText()).isEqualTo("髙橋　①郎");
  }

  @Test
  void withoutTheCardANewerQualificationIsToldOfButNotTold() {
    Town.Insured person = town.insured(json.createObjectNode().put("validTo", "2025-03-31"));
    town.insured(
        json.createObjectNode()
            .put("personCode", person.code())
            .put("number", "87654321")
            .put("symbol", "999")
            .put("validFrom", "2025-04-01"));

    JsonNode found = receipt.post("/v1/lookups", town.keys(person)).body();

    assertThat(found.path("validityCode").asInt()).isEqualTo(3);
    assertThat(found.path("qualification").path("number").asText()).isEqualTo(person.number());
    assertThat(found.toString()).doesNotContain("87654321").doesNotContain("999");
  }

  @Test
  void twinsWithoutABranchNumberAreAmbiguousAndNobodyIsTold() {
    Town.Insured first = town.insured();
    town.insured(json.createObjectNode().put("number", first.number()).put("branchNumber", "01"));
    ObjectNode keys = town.keys(first);
    keys.remove("branchNumber");

    JsonNode ambiguous = receipt.post("/v1/lookups", keys).body();

    assertThat(ambiguous.path("validityCode").asInt()).isEqualTo(5);
    assertThat(ambiguous.path("qualification").isNull()).isTrue();
    assertThat(receipt.post("/v1/lookups", town.keys(first)).body().path("validityCode").asInt())
        .isEqualTo(1);
  }

  @Test
  void whoMustNotBeFoundHasNoAddressInALookUp() throws SQLException {
    Town.Insured hidden = town.insured();
    String hide = "update person set undisclosed = true where code = ?";
    assertThat(Owner.run(world, hide, hidden.code())).isEqualTo(1);

    JsonNode told = receipt.post("/v1/lookups", town.keys(hidden)).body().path("qualification");

    assertThat(told.path("name").asText()).isEqualTo("試験　花子");
    assertThat(told.path("address").isNull()).isTrue();
    assertThat(told.path("postCode").isNull()).isTrue();
  }

  @Test
  void anOldCardIsGoneByUntilItsLastDayOnly() {
    ObjectNode keys = town.keys(town.insured()).put("basis", "OLD_CARD");

    assertThat(receipt.post("/v1/lookups", keys.deepCopy().put("on", "2025-12-01")).status())
        .isEqualTo(200);
    Reply late = receipt.post("/v1/lookups", keys.deepCopy().put("on", "2025-12-02"));
    assertThat(late.status()).isEqualTo(422);
    assertThat(late.reason()).isEqualTo("DOCUMENT_NOT_ACCEPTED");
    assertThat(receipt.post("/v1/lookups", keys.put("basis", "HEARSAY")).reason())
        .isEqualTo("BAD_REQUEST");
  }

  @Test
  void whoGuessesTooOftenIsStoppedAndNobodyElseIs() {
    Town.Insured person = town.insured();
    Counter guesser = town.counter("receipt-1", "RECEIPT", "1399999990");
    String reason = "QUALIFICATION_NOT_FOUND";
    int guesses = 0;
    while (reason.equals("QUALIFICATION_NOT_FOUND") && guesses < 2000) {
      ObjectNode keys = town.keys(person).put("number", Integer.toString(90_000_000 + guesses));
      reason = guesser.post("/v1/lookups", keys).reason();
      guesses++;
    }

    assertThat(reason).isEqualTo("TOO_MANY_FAILED_LOOKUPS");
    assertThat(guesser.post("/v1/grants/search", town.keys(person)).reason())
        .isEqualTo("TOO_MANY_FAILED_LOOKUPS");
    assertThat(receipt.post("/v1/lookups", town.keys(person)).status()).isEqualTo(200);
  }

  @Test
  void aReferenceNumberComesBackWithEveryAnswerOfItsInstitutionAndNoOther() {
    Town.Insured person = town.insured();
    String number = "chart-" + UUID.randomUUID();
    ObjectNode whom = json.createObjectNode();
    whom.set("keys", town.keys(person));

    Reply put = receipt.put("/v1/reference-numbers/" + number, whom);

    assertThat(put.status()).as(put.body().toString()).isEqualTo(200);
    assertThat(
            receipt.post("/v1/lookups", town.keys(person)).body().path("referenceNumbers").get(0))
        .hasToString("\"" + number + "\"");
    assertThat(
            town.counter("receipt-9", "RECEIPT", GatewayWorld.OTHER_CLINIC)
                .post("/v1/lookups", town.keys(person))
                .body()
                .path("referenceNumbers"))
        .isEmpty();
  }

  @Test
  void aReferenceNumberNamesThePersonOfACheckOrWhomKeysNameAndNobodyElse() {
    Town.Insured person = town.insured();
    Card card = town.card(person);
    String check = kiosk.visit(card, world.worldNow()).body().path("checkId").asText();
    String path = "/v1/reference-numbers/n-" + UUID.randomUUID();
    ObjectNode unknown = json.createObjectNode();
    unknown.set("keys", town.keys(person).put("birthDate", "1901-01-01"));

    assertThat(receipt.put(path, json.createObjectNode().put("checkId", check)).status())
        .isEqualTo(200);
    assertThat(receipt.put(path, json.createObjectNode()).reason()).isEqualTo("BAD_REQUEST");
    assertThat(receipt.put(path, unknown).reason()).isEqualTo("QUALIFICATION_NOT_FOUND");
    assertThat(
            town.counter("receipt-9", "RECEIPT", GatewayWorld.OTHER_CLINIC)
                .put(path, json.createObjectNode().put("checkId", check))
                .reason())
        .isEqualTo("QUALIFICATION_NOT_FOUND");
  }

  @Test
  void numbersFindTheConsentsThatLiveHereAndNoneElsewhereOrLater() {
    Town.Insured person = town.insured();
    Card card = town.card(person);
    String check = kiosk.visit(card, world.worldNow()).body().path("checkId").asText();
    kiosk.consent(check, "medication", "care");

    JsonNode found = receipt.post("/v1/grants/search", town.keys(person)).body();

    assertThat(found.path("grants")).hasSize(1);
    assertThat(found.path("grants").get(0).path("checkId").asText()).isEqualTo(check);
    assertThat(found.path("grants").get(0).path("consents").toString())
        .isEqualTo("[\"medication\",\"care\"]");
    assertThat(
            town.counter("receipt-9", "RECEIPT", GatewayWorld.OTHER_CLINIC)
                .post("/v1/grants/search", town.keys(person))
                .body()
                .path("grants"))
        .isEmpty();
    assertThat(
            receipt
                .post("/v1/grants/search", town.keys(person).put("number", "1"))
                .body()
                .path("grants"))
        .isEmpty();
    town.moveClock(Duration.ofHours(24).plusSeconds(5));
    assertThat(receipt.post("/v1/grants/search", town.keys(person)).body().path("grants"))
        .isEmpty();
  }

  @Test
  void aBulkLookUpAnswersEveryLineInOrderAndSaysWhatItCouldNotRead() throws Exception {
    Town.Insured first = town.insured();
    Town.Insured second = town.insured();
    String body =
        String.join(
            "\n",
            town.keys(first).put("id", "a").toString(),
            town.keys(second).put("id", "b").put("birthDate", "1901-01-01").toString(),
            "{\"id\":\"c\",\"insurerNumber\":\"1\"}",
            "not json",
            town.keys(second).put("id", "e").toString(),
            "");

    Reply asked = receipt.post("/v1/bulk-lookups", "application/x-ndjson", body);

    assertThat(asked.status()).as(asked.body().toString()).isEqualTo(202);
    assertThat(asked.body().path("lines").asInt()).isEqualTo(5);
    String job = "/v1/bulk-lookups/" + asked.body().path("id").asText();
    finished(receipt, job);
    List<JsonNode> answers =
        lines(new String(fetch(receipt, job, "application/x-ndjson"), StandardCharsets.UTF_8));
    assertThat(answers.stream().map(each -> each.path("line").asInt()))
        .containsExactly(1, 2, 3, 4, 5);
    assertThat(answers.stream().map(each -> each.path("id").asText("")))
        .containsExactly("a", "b", "c", "", "e");
    assertThat(answers.stream().map(each -> each.path("validityCode").asInt()))
        .containsExactly(1, 4, 0, 0, 1);
    assertThat(answers.get(2).path("reason").asText()).isEqualTo("BAD_REQUEST");
    assertThat(answers.get(0).path("receipt").path("hash").asText()).hasSize(64);
    assertThat(
            lines(
                new String(
                    fetch(receipt, job + "?after=4", "application/x-ndjson"),
                    StandardCharsets.UTF_8)))
        .containsExactly(answers.get(4));
    assertThat(lines(unzipped(fetch(receipt, job, "application/zip")))).isEqualTo(answers);
    assertThat(town.counter("receipt-9", "RECEIPT", GatewayWorld.OTHER_CLINIC).get(job).reason())
        .isEqualTo("NOT_FOUND");
  }

  @Test
  void aBulkLookUpIsBounded() {
    String line = town.keys(new Town.Insured("", "1", "1978-04-12")).toString();

    assertThat(receipt.post("/v1/bulk-lookups", "application/x-ndjson", "x".repeat(5000)).reason())
        .isEqualTo("BAD_REQUEST");
    assertThat(
            receipt
                .post("/v1/bulk-lookups", "application/x-ndjson", "{}\n".repeat(100_001))
                .reason())
        .isEqualTo("BULK_TOO_LARGE");
    assertThat(kiosk.post("/v1/bulk-lookups", "application/x-ndjson", line).reason())
        .isEqualTo("FORBIDDEN");
  }

  @Test
  void everySubscriberOfAnInstitutionHearsOfItsChecksAndNoOther() {
    Card card = town.card(town.insured());
    Counter abroad = town.counter("receipt-9", "RECEIPT", GatewayWorld.OTHER_CLINIC);
    try (Listener first = new Listener(receipt, "");
        Listener second = new Listener(receipt, "");
        Listener other = new Listener(abroad, "")) {
      assertThat(first.next().name()).isEqualTo("READY");
      assertThat(second.next().name()).isEqualTo("READY");
      assertThat(other.next().name()).isEqualTo("READY");

      String check = kiosk.visit(card, world.worldNow()).body().path("checkId").asText();

      Listener.Event heard = first.next();
      assertThat(heard.data()).contains(check, "ANSWERED");
      assertThat(heard.data()).doesNotContain("試験", "1978");
      assertThat(second.next()).isEqualTo(heard);
      Counter kioskAbroad = town.counter("kiosk-9", "READER", GatewayWorld.OTHER_CLINIC);
      String elsewhere = kioskAbroad.visit(card, world.worldNow()).body().path("checkId").asText();
      assertThat(other.next().data()).contains(elsewhere);
    }
  }

  @Test
  void aSubscriberGoesOnWhereItEndedAndMissesNothing() {
    Card card = town.card(town.insured());
    String last;
    try (Listener before = new Listener(receipt, "")) {
      last = before.next().id();
    }
    List<String> checks = new ArrayList<>();
    for (int visit = 0; visit < 3; visit++) {
      checks.add(kiosk.visit(card, world.worldNow()).body().path("checkId").asText());
    }

    try (Listener after = new Listener(receipt, last)) {
      assertThat(after.next().name()).isEqualTo("READY");
      long id = Long.parseLong(last);
      for (String check : checks) {
        Listener.Event heard = after.next();
        assertThat(heard.data()).contains(check);
        assertThat(Long.parseLong(heard.id())).isGreaterThan(id);
        id = Long.parseLong(heard.id());
      }
    }
  }

  @Test
  void whatIsOlderThanADayIsAGapThatIsSaid() {
    Card card = town.card(town.insured());
    String last;
    try (Listener before = new Listener(receipt, "")) {
      last = before.next().id();
    }
    kiosk.visit(card, world.worldNow());
    town.moveClock(Duration.ofHours(25));

    try (Listener after = new Listener(receipt, last)) {
      assertThat(after.next().name()).isEqualTo("READY");
      assertThat(after.next().name()).isEqualTo("GAP");
    }
  }

  @Test
  void theUsageReportCountsWhatWasDoneAndIsOnesOwn() {
    String code = "13" + (1 + Math.floorMod(UUID.randomUUID().hashCode(), 9)) + "7654321";
    Counter own = town.counter("receipt-1", "RECEIPT", code);
    Town.Insured person = town.insured();
    own.post("/v1/lookups", town.keys(person));
    own.post("/v1/lookups", town.keys(person));
    town.counter("kiosk-1", "READER", code).visit(town.card(person), world.worldNow());
    String month = town.today().toString().substring(0, 7);

    JsonNode report = own.get("/v1/reports/usage?month=" + month).body();
    String csv =
        new String(
            fetch(own, "/v1/reports/usage?month=" + month, "text/csv"), StandardCharsets.UTF_8);

    assertThat(report.path("total").path("checks").asInt()).as(report.toString()).isEqualTo(3);
    assertThat(report.path("total").path("cards").asInt()).isEqualTo(1);
    assertThat(report.path("total").path("cardRate").asText()).isEqualTo("33.33");
    assertThat(csv).contains("\r\nTOTAL,総計,3,1,2,33.33,0,0,0\r\n");
    assertThat(own.get("/v1/reports/usage?month=soon").reason()).isEqualTo("BAD_REQUEST");
    JsonNode uptake =
        town.counter("operator-1", "OPERATOR", "999999")
            .get(
                "/v1/reports/usage?month="
                    + month
                    + "&users=2840&patients=6760&holding=78.3&registered=84.9")
            .body()
            .path("uptake");
    assertThat(uptake.path("ofPatients").asText()).isEqualTo("42.0");
    assertThat(uptake.path("ofHolders").asText()).isEqualTo("53.7");
    assertThat(uptake.path("ofRegistered").asText()).isEqualTo("63.2");
  }

  /** Listens for nothing else than the job's own word. */
  private static void finished(Counter counter, String job) {
    for (int look = 0; look < 600; look++) {
      JsonNode progress = counter.get(job).body();
      if (progress.path("state").asText().equals("FINISHED")) {
        assertThat(progress.path("answered").asInt()).isEqualTo(progress.path("lines").asInt());
        return;
      }
    }
    throw new AssertionError("the job did not finish");
  }

  private static byte[] fetch(Counter counter, String path, String type) {
    try {
      HttpResponse<byte[]> response =
          counter
              .http()
              .send(
                  counter.request(path).header("Accept", type).GET().build(),
                  HttpResponse.BodyHandlers.ofByteArray());
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith(type);
      return response.body();
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private List<JsonNode> lines(String body) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : body.lines().toList()) {
      lines.add(json.readTree(line));
    }
    return lines;
  }

  private static String unzipped(byte[] zip) throws IOException {
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      assertThat(in.getNextEntry()).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
