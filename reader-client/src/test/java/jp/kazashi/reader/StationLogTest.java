package jp.kazashi.reader;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import jp.kazashi.consent.MedicalCategory;
import jp.kazashi.reader.link.Answers;
import jp.kazashi.reader.link.Qualification;
import jp.kazashi.reader.visit.Visit;
import jp.kazashi.reader.visit.Visit.Closing;
import jp.kazashi.reader.visit.VisitWitness;
import jp.kazashi.reader.visit.Visits;
import org.junit.jupiter.api.Test;

class StationLogTest {

  private static final List<Visit> EVERY_STATE =
      List.of(
          Visits.waiting(),
          Visits.seated(),
          Visits.confirmed(),
          Visits.signed(),
          Visits.answered(),
          Visits.consented(MedicalCategory.CARE),
          Visits.closed(new Closing.LeftBeforeConsent()),
          Visits.refused(Answers.revoked().because("status 502")),
          Visits.left());

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final StationLog log =
      new StationLog(new PrintStream(written, true, StandardCharsets.UTF_8), () -> Answers.NOW);

  @Test
  void everyStationIsOneLineOfJsonWithItsVisit() throws IOException {
    VisitWitness witness = log.of("Kiosk");
    EVERY_STATE.forEach(witness::sees);

    List<String> lines = written.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSameSizeAs(EVERY_STATE);
    for (String line : lines) {
      JsonNode event = JsonMapper.builder().build().readTree(line);
      assertThat(event.path("part").asText()).isEqualTo("reader");
      assertThat(event.path("event").asText()).startsWith("visit.");
      assertThat(event.path("visit").asText()).isEqualTo(Visits.ID.toString());
      assertThat(event.path("at").asText()).isEqualTo("2026-12-01T00:00:00.000Z");
    }
  }

  @Test
  void answerIsLoggedWithItsCheckIdAndRefusalWithItsReason() {
    log.of("Kiosk").sees(Visits.answered());
    log.of("Kiosk").sees(Visits.refused(Answers.revoked()));

    assertThat(written.toString(StandardCharsets.UTF_8))
        .contains("\"check\":\"" + Answers.CHECK + "\"", "\"reason\":\"CERTIFICATE_REVOKED\"");
  }

  @Test
  void nothingOfThePersonTheCardOrTheKeyGetsIntoTheLog() {
    EVERY_STATE.forEach(log.of("Kiosk")::sees);
    log.troublesOf("Kiosk").visitBroke(Visits.ID, new IllegalStateException("架空 花子 7654321"));

    String text = written.toString(StandardCharsets.UTF_8);
    Qualification person = Answers.qualification();
    assertThat(text)
        .doesNotContain(
            person.name(),
            Optional.ofNullable(person.nameKana()).orElseThrow(),
            Optional.ofNullable(person.number()).orElseThrow(),
            Optional.ofNullable(person.insurerNumber()).orElseThrow(),
            Optional.ofNullable(person.address()).orElseThrow(),
            "1985",
            "c2VhbGVk",
            "[1, 2, 3]")
        .contains("IllegalStateException");
  }
}
