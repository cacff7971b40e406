package jp.kazashi.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import jp.kazashi.it.World.Outcome;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every card of the deck tells its story at the counter (design §9). */
@SharedWorld.Guest
@TestInstance(Lifecycle.PER_CLASS)
class DeckIT {
  private static final int ANSWERED = 0;
  private static final int REFUSED = 3;
  private static final int AT_ONCE = 4;
  private static final List<String> BY_FACE = List.of("nanako");

  private final World world;
  private final Map<String, Outcome> visits = new LinkedHashMap<>();
  private JsonNode deck;

  DeckIT(World world) {
    this.world = world;
  }

  @BeforeAll
  void everyCardVisitsOnce() throws Exception {
    deck = world.run("card", "list", "--json").json();
    Map<String, Future<Outcome>> going = new LinkedHashMap<>();
    try (ExecutorService counter = Executors.newFixedThreadPool(AT_ONCE)) {
      for (JsonNode card : deck) {
        String name = card.path("name").asText();
        String method = BY_FACE.contains(name) ? "face" : "pin";
        going.put(name, counter.submit(() -> visit(name, "--method", method, "--consent", "all")));
      }
    }
    for (Map.Entry<String, Future<Outcome>> visit : going.entrySet()) {
      visits.put(visit.getKey(), visit.getValue().get());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "hanako,  PIN,   NORMAL,        medication checkup care surgery",
    "taro,    PIN,   EXPIRING_SOON, medication checkup care surgery",
    "jiro,    PIN,   GRACE,         ''",
    "nanako,  FACE,  NORMAL,        medication checkup care surgery",
    "yae,     PIN,   NORMAL,        medication checkup care surgery",
    "kyuta,   PIN,   NORMAL,        medication care surgery",
    "tome,    PIN,   NORMAL,        medication checkup care surgery",
    "midori,  PIN,   NORMAL,        medication checkup care surgery",
    "dv,      PIN,   NORMAL,        medication care surgery",
    "renewed, PIN,   NORMAL,        medication checkup care surgery",
    "oldgen,  PIN,   NORMAL,        medication checkup care surgery",
    "android, PHONE, NORMAL,        medication care surgery",
    "iphone,  PHONE, NORMAL,        medication care surgery",
  })
  void isAnsweredAndWhatIsOfferedIsGranted(String card, String method, String phase, String offer) {
    Outcome visit = visited(card);

    assertThat(visit.exit()).as(visit.err()).isEqualTo(ANSWERED);
    JsonNode answer = visit.json();
    assertThat(answer.path("outcome").asText()).isEqualTo("ANSWERED");
    assertThat(answer.path("method").asText()).isEqualTo(method);
    assertThat(answer.path("certificate").path("phase").asText()).isEqualTo(phase);
    assertThat(String.join(" ", texts(answer.path("offeredConsents")))).isEqualTo(offer);
    assertThat(answer.path("consents")).isEqualTo(answer.path("offeredConsents"));
    assertThat(answer.path("receipt").path("number").asLong()).isPositive();
  }

  @ParameterizedTest
  @CsvSource({
    "saburo, CERTIFICATE_ENDED,       ENDED",
    "shiro,  CERTIFICATE_REVOKED,     NORMAL",
    "goro,   PIN_BLOCKED,             ",
    "rokuro, NOT_REGISTERED,          NORMAL",
    "dvstop, CHECK_NOT_POSSIBLE,      NORMAL",
    "late,   NOT_REGISTERED,          NORMAL",
    "fake,   CERTIFICATE_NOT_TRUSTED, ",
  })
  void isRefusedWithAReasonAndANextStepForTheDesk(String card, String reason, String phase) {
    Outcome visit = visited(card);

    assertThat(visit.exit()).as(visit.err()).isEqualTo(REFUSED);
    JsonNode refusal = visit.json();
    assertThat(refusal.path("outcome").asText()).isEqualTo("REFUSED");
    assertThat(refusal.path("reason").asText()).isEqualTo(reason);
    assertThat(refusal.path("certificate").path("phase").textValue()).isEqualTo(phase);
    assertThat(refusal.path("patient").path("ja").asText()).isNotBlank();
    assertThat(refusal.path("nextStep").path("ja").asText()).isNotBlank();
    assertThat(visit.err().strip().lines()).hasSize(1);
    assertThat(refusal.has("qualification")).isFalse();
  }

  @Test
  void theDeckItselfForetellsEveryOutcome() {
    assertThat(deck).hasSize(20);
    for (JsonNode card : deck) {
      JsonNode visit = visited(card.path("name").asText()).json();
      String outcome = visit.path("outcome").asText();
      assertThat(outcome.equals("ANSWERED") ? outcome : visit.path("reason").asText())
          .as(card.path("name").asText())
          .isEqualTo(card.path("expected").asText());
    }
  }

  @Test
  void noticesAreForWhoMustRenewAndNobodyElse() {
    assertThat(notices("taro")).containsExactly("CERTIFICATE_EXPIRES_SOON");
    assertThat(notices("jiro")).containsExactly("CERTIFICATE_IN_GRACE");
    assertThat(notices("hanako")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rokuro", "late"})
  void whoRegistersAtTheReaderIsAnsweredThenAndFromThenOn(String card) {
    Outcome registered = visit(card, "--register", "yes", "--consent", "all");
    Outcome later = visit(card, "--register", "no", "--consent", "none");

    assertThat(registered.exit()).as(registered.err()).isEqualTo(ANSWERED);
    assertThat(registered.json().path("qualification").path("validityCode").asInt()).isEqualTo(1);
    assertThat(registered.json().path("consents")).isNotEmpty();
    assertThat(later.exit()).as(later.err()).isEqualTo(ANSWERED);
  }

  @Test
  void goroWhosePinIsBlockedIsConfirmedByFace() {
    Outcome visit = visit("goro", "--method", "face", "--consent", "none");

    assertThat(visit.exit()).as(visit.err()).isEqualTo(ANSWERED);
    assertThat(visit.json().path("method").asText()).isEqualTo("FACE");
    assertThat(visit.json().path("face").asText()).isEqualTo("SCRIPTED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hanako", "goro", "nanako"})
  void staffConfirmAHolderBySightWithAPassForOneVisit(String card) {
    Outcome visit = visit(card, "--method", "staff", "--consent", "none");

    assertThat(visit.exit()).as(visit.err()).isEqualTo(ANSWERED);
    assertThat(visit.json().path("method").asText()).isEqualTo("STAFF");
  }

  @Test
  void nanakoHasNoPinToTry() {
    Outcome visit = visit("nanako", "--method", "pin");

    assertThat(visit.exit()).isEqualTo(REFUSED);
    assertThat(visit.json().path("reason").asText()).isEqualTo("PIN_BLOCKED");
  }

  @Test
  void yaesNameIsKeptAndPrintedWithAWordOnWhatWasReplaced() {
    JsonNode yae = qualification("yae");

    assertThat(yae.path("name").asText()).isEqualTo("𠮷田 八重");
    assertThat(yae.path("printableName").asText()).isEqualTo("吉田 八重");
    assertThat(yae.path("glyphIssues")).hasSize(1);
    assertThat(yae.path("glyphIssues").get(0).path("registered").asText()).isEqualTo("𠮷");
  }

  @Test
  void kyutaIsAnsweredWithTheNewInsurerAlone() {
    JsonNode all = visited("kyuta").json().path("qualifications");

    assertThat(all).hasSize(1);
    assertThat(all.get(0).path("validityCode").asInt()).isEqualTo(1);
    assertThat(all.get(0).path("insurerNumber").asText()).hasSize(6);
    assertThat(all.get(0).path("validFrom").asText()).endsWith("-01");
  }

  @Test
  void tomePaysTenPercentAndMidoriNothingByMedicalAid() {
    assertThat(qualification("tome").path("contributionRatio").asInt()).isEqualTo(10);
    assertThat(qualification("tome").path("insurerNumber").asText()).startsWith("39");
    assertThat(qualification("midori").path("kind").asText()).isEqualTo("MEDICAL_AID");
    assertThat(qualification("midori").path("contributionRatio").asInt()).isZero();
    assertThat(qualification("midori").path("validityCode").asInt()).isEqualTo(1);
  }

  @Test
  void hanakoHasRecordsOfEveryKind() {
    // Of this visit: a later one takes back what an earlier one allowed.
    String check = visit("hanako", "--consent", "all").json().path("checkId").asText();

    for (String category : List.of("medication", "checkup", "care", "surgery")) {
      Outcome read = world.run("read", "--check", check, "--category", category, "--json");
      assertThat(read.exit()).as(category + read.err()).isEqualTo(ANSWERED);
      assertThat(read.json().path("records")).as(category).isNotEmpty();
    }
  }

  @Test
  void dvsAddressIsInNoLookUp() {
    JsonNode dv = qualification("dv");
    JsonNode hanako = qualification("hanako");

    assertThat(lookedUp(dv).path("name")).isEqualTo(dv.path("name"));
    assertThat(lookedUp(dv).path("address").textValue()).isNull();
    assertThat(lookedUp(dv).path("postCode").textValue()).isNull();
    assertThat(lookedUp(hanako).path("address").asText()).isNotBlank();
  }

  @Test
  void whoOpenedDvsRecordsIsToldToNobodyWhoStandsAtTheReader() {
    assertThat(accessLog("hanako")).isNotEmpty();
    assertThat(accessLog("dv").isArray()).isTrue();
    assertThat(accessLog("dv")).isEmpty();
  }

  @Test
  void dvstopIsRefusedInWordsThatRevealNothing() {
    JsonNode refusal = visited("dvstop").json();

    assertThat(refusal.toString()).doesNotContain("提供不可", "不開示", "BARRED", "barred", "DV");
    assertThat(refusal.path("nextStep").path("ja").asText()).contains("資格確認書");
  }

  private Outcome visited(String card) {
    return Objects.requireNonNull(visits.get(card), card);
  }

  private JsonNode lookedUp(JsonNode qualification) {
    Outcome found =
        world.run(
            "lookup",
            "--insurer",
            qualification.path("insurerNumber").asText(),
            "--symbol",
            qualification.path("symbol").asText(),
            "--number",
            qualification.path("number").asText(),
            "--birth",
            qualification.path("birthDate").asText(),
            "--json");
    assertThat(found.exit()).as(found.err()).isZero();
    return found.json().path("qualification");
  }

  private JsonNode accessLog(String card) {
    String check = visited(card).json().path("checkId").asText();
    return world.get("READER", "/v1/access-log?check=" + check).path("entries");
  }

  private JsonNode qualification(String card) {
    return visited(card).json().path("qualification");
  }

  private List<String> notices(String card) {
    return visited(card).json().path("notices").findValuesAsText("id");
  }

  private Outcome visit(String card, String... more) {
    List<String> arguments = new ArrayList<>(List.of("visit", "--card", card, "--json"));
    arguments.addAll(List.of(more));
    return world.run(arguments.toArray(String[]::new));
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
