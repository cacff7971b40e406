package jp.kazashi.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Records on paper: the same read as any, with the same rights and the same entry in the audit. */
@QuarkusTest
@QuarkusTestResource(value = GatewayWorld.class, restrictToAnnotatedClass = false)
@SuppressWarnings("NullAway.Init") // Quarkus sets the fields
class PrintedRecordsTest {
  private static final String PDF = "application/pdf";

  @TestHTTPResource(value = "/", tls = true)
  URI gateway;

  GatewayWorld world;

  private final ObjectMapper json = new ObjectMapper();
  private Town town;
  private Counter receipt;
  private Counter kiosk;
  private Town.Insured person;
  private String check;

  @BeforeEach
  void visit() {
    town = new Town(world, gateway);
    receipt = town.counter("receipt-1", "RECEIPT", GatewayWorld.CLINIC);
    kiosk = town.counter("kiosk-1", "READER", GatewayWorld.CLINIC);
    person = town.insured();
    check = kiosk.visit(town.card(person), world.worldNow()).body().path("checkId").asText();
  }

  @Test
  void aDoctorReadsWhoseTheyAreAndWhatTheyWere() throws Exception {
    medications(80);
    kiosk.consent(check, "medication", "checkup", "care", "surgery");

    HttpResponse<byte[]> paper = paper(receipt, "medications");

    assertThat(paper.statusCode()).isEqualTo(200);
    assertThat(paper.headers().firstValue("Content-Type").orElse("")).startsWith(PDF);
    try (PDDocument printed = Loader.loadPDF(paper.body())) {
      String text = new PDFTextStripper().getText(printed);
      assertThat(text)
          .contains("お薬の情報", "試験　花子", GatewayWorld.CLINIC, check, "アムロジピン錠５ｍｇ", "試験クリニック");
      assertThat(printed.getNumberOfPages()).isGreaterThan(1);
      assertThat(text).contains("1 / " + printed.getNumberOfPages() + " ページ");
    }
    for (String other : List.of("checkups", "care", "surgeries")) {
      assertThat(paper(receipt, other).statusCode()).as(other).isEqualTo(200);
    }
  }

  @Test
  void itIsReadUnderConsentAndWrittenIntoTheAuditAsAnyRead() throws Exception {
    medications(1);

    HttpResponse<byte[]> refused = paper(receipt, "medications");
    kiosk.consent(check, "medication");
    paper(receipt, "medications");
    receipt.get("/v1/checks/" + check + "/medications");

    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(json.readTree(refused.body()).path("reason").asText()).isEqualTo("CONSENT_MISSING");
    assertThat(
            Owner.texts(
                world,
                """
                select outcome || ' ' || coalesce(details::jsonb ->> 'records', '-')
                from audit_entry where kind = 'READ' and check_id = ?::uuid order by at
                """,
                check))
        .containsExactly("CONSENT_MISSING -", "SHOWN 1", "SHOWN 1");
    assertThat(paper(town.desk("CLERK"), "medications").statusCode()).isEqualTo(403);
    assertThat(paper(town.desk("MEDICAL_VIEWER"), "medications").statusCode()).isEqualTo(200);
  }

  private HttpResponse<byte[]> paper(Counter counter, String what)
      throws IOException, InterruptedException {
    return counter
        .http()
        .send(
            counter.request("/v1/checks/" + check + "/" + what).header("Accept", PDF).GET().build(),
            HttpResponse.BodyHandlers.ofByteArray());
  }

  private void medications(int count) {
    StringBuilder lines = new StringBuilder();
    LocalDate first = town.today().minusMonths(5).withDayOfMonth(1);
    for (int line = 1; line <= count; line++) {
      LocalDate date = first.plusDays(line);
      lines
          .append(
              json.createObjectNode()
                  .put("type", "medication")
                  .put("line", Integer.toString(line))
                  .put("personCode", person.code())
                  .put("source", "RECEIPT")
                  .put("month", date.toString().substring(0, 7))
                  .put("date", date.toString())
                  .put("facilityCode", "1312345670")
                  .put("facilityName", "試験クリニック")
                  .put("code", "620007819")
                  .put("name", "アムロジピン錠５ｍｇ")
                  .put("quantity", "1")
                  .put("unit", "錠")
                  .put("usage", "朝食後")
                  .put("days", 1))
          .append('\n');
    }
    town.feed("claims", "paper-" + UUID.randomUUID(), lines.toString(), count);
  }
}
