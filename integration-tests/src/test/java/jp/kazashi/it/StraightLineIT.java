package jp.kazashi.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jp.kazashi.it.World.Outcome;
import org.junit.jupiter.api.Test;

/** One visit per card, through all processes, as the contract says. */
@SharedWorld.Guest
class StraightLineIT {
  private static final int ANSWERED = 0;
  private static final int FAULT = 1;
  private static final int REFUSED = 3;

  private final World world;

  StraightLineIT(World world) {
    this.world = world;
  }

  @Test
  void hanakoGetsTheWholeAnswerAndHerConsentsHold() {
    Outcome visit = visit("hanako", "--pin", "1234", "--consent", "all");

    assertThat(visit.exit()).as(visit.err()).isEqualTo(ANSWERED);
    JsonNode answer = visit.json();
    assertThat(answer.path("outcome").asText()).isEqualTo("ANSWERED");
    assertThat(answer.path("certificate").path("phase").asText()).isEqualTo("NORMAL");
    JsonNode qualification = answer.path("qualification");
    assertThat(qualification.path("validityCode").asInt()).isEqualTo(1);
    assertThat(qualification.path("contributionRatio").asInt()).isEqualTo(30);
    assertThat(qualification.path("insurerNumber").asText()).matches("\\d{6}|\\d{8}");
    assertThat(qualification.path("name").asText()).isNotBlank();
    assertThat(answer.path("qualifications")).hasSize(1);
    assertThat(words(answer.path("offeredConsents")))
        .containsExactly("medication", "checkup", "care", "surgery");
    assertThat(words(answer.path("consents")))
        .containsExactly("medication", "checkup", "care", "surgery");
    assertThat(answer.path("receipt").path("number").asLong()).isPositive();
  }

  @Test
  void onlyWhatIsChosenIsGranted() {
    Outcome visit = visit("hanako", "--consent", "medication,surgery");

    assertThat(visit.exit()).as(visit.err()).isEqualTo(ANSWERED);
    assertThat(words(visit.json().path("consents"))).containsExactly("medication", "surgery");
  }

  @Test
  void taroIsAnsweredAndToldToRenew() {
    Outcome visit = visit("taro", "--consent", "none");

    assertThat(visit.exit()).as(visit.err()).isEqualTo(ANSWERED);
    assertThat(visit.json().path("certificate").path("phase").asText()).isEqualTo("EXPIRING_SOON");
    assertThat(visit.json().path("consents")).isEmpty();
    assertThat(notices(visit.json())).contains("CERTIFICATE_EXPIRES_SOON");
  }

  @Test
  void jiroInGraceGetsEligibilityWithNothingOfferedAndNothingGranted() {
    Outcome visit = visit("jiro", "--consent", "all");

    assertThat(visit.exit()).as(visit.err()).isEqualTo(ANSWERED);
    JsonNode answer = visit.json();
    assertThat(answer.path("certificate").path("phase").asText()).isEqualTo("GRACE");
    assertThat(answer.path("qualification").path("validityCode").asInt()).isEqualTo(1);
    assertThat(answer.path("offeredConsents")).isEmpty();
    assertThat(answer.path("consents")).isEmpty();
    assertThat(notices(answer)).contains("CERTIFICATE_IN_GRACE");
  }

  @Test
  void saburoAndShiroAreRefusedForDifferentReasonsWithDifferentNextSteps() {
    Outcome saburo = visit("saburo");
    Outcome shiro = visit("shiro");

    assertThat(saburo.exit()).as(saburo.err()).isEqualTo(REFUSED);
    assertThat(shiro.exit()).as(shiro.err()).isEqualTo(REFUSED);
    assertThat(saburo.json().path("outcome").asText()).isEqualTo("REFUSED");
    assertThat(saburo.json().path("reason").asText()).isEqualTo("CERTIFICATE_ENDED");
    assertThat(shiro.json().path("reason").asText()).isEqualTo("CERTIFICATE_REVOKED");
    assertThat(saburo.json().path("nextStep")).isNotEqualTo(shiro.json().path("nextStep"));
    assertThat(saburo.json().path("checkId").asText()).isNotBlank();
  }

  @Test
  void medicationIsReadWithConsentAndRefusedWithout() {
    String with = visit("hanako", "--consent", "medication").json().path("checkId").asText();
    String without = visit("taro", "--consent", "none").json().path("checkId").asText();

    Outcome read = world.run("read", "--check", with, "--category", "medication", "--json");
    Outcome refused = world.run("read", "--check", without, "--category", "medication", "--json");

    assertThat(read.exit()).as(read.err()).isZero();
    assertThat(read.json().path("records")).isNotEmpty();
    assertThat(read.json().path("records").get(0).path("name").asText()).isNotBlank();
    assertThat(refused.exit()).isEqualTo(REFUSED);
    assertThat(refused.json().path("reason").asText()).isEqualTo("CONSENT_MISSING");
  }

  @Test
  void aLookUpFindsTheQualificationByItsNumbersAndRefusesWrongOnes() {
    JsonNode known = visit("hanako", "--consent", "none").json().path("qualification");
    List<String> keys =
        List.of(
            "lookup",
            "--insurer",
            known.path("insurerNumber").asText(),
            "--symbol",
            known.path("symbol").asText(),
            "--number",
            known.path("number").asText(),
            "--branch",
            known.path("branchNumber").asText(),
            "--json",
            "--birth");

    Outcome found = world.run(with(keys, known.path("birthDate").asText()));
    Outcome wrong = world.run(with(keys, "1901-01-01"));

    assertThat(found.exit()).as(found.err()).isZero();
    assertThat(found.json().path("validityCode").asInt()).isEqualTo(1);
    assertThat(found.json().path("qualification").path("name")).isEqualTo(known.path("name"));
    assertThat(wrong.exit()).isEqualTo(REFUSED);
    assertThat(wrong.json().path("validityCode").asInt()).isEqualTo(4);
  }

  @Test
  void aWrongPinIsOneClearLineAndTheRightOneStillWorks() {
    Outcome wrong = visit("taro", "--pin", "9999");
    Outcome right = visit("taro", "--consent", "none");

    assertThat(wrong.exit()).isEqualTo(REFUSED);
    assertThat(wrong.json().path("reason").asText()).isEqualTo("WRONG_PIN");
    assertThat(wrong.json().path("nextStep").path("ja").asText()).isNotBlank();
    assertThat(right.exit()).as(right.err()).isEqualTo(ANSWERED);
  }

  @Test
  void anUnknownCardIsOneClearLine() {
    Outcome visit = world.run("visit", "--card", "nobody", "--json");

    assertThat(visit.exit()).isEqualTo(FAULT);
    assertThat(visit.err().strip().lines()).hasSize(1);
    assertThat(visit.err()).contains("nobody").contains("hanako");
    assertThat(visit.out()).isEmpty();
  }

  @Test
  void visitsRunInParallel() throws Exception {
    List<Process> visits = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      visits.add(
          world.start(
              Map.of(),
              world.home().resolve("parallel" + i + ".json"),
              world.home().resolve("parallel" + i + ".err"),
              "visit",
              "--card",
              i % 2 == 0 ? "hanako" : "taro",
              "--consent",
              "all",
              "--json"));
    }

    for (Process visit : visits) {
      assertThat(visit.waitFor()).isEqualTo(ANSWERED);
    }
  }

  @Test
  void theWorldClockMovesEveryPartAndComesBack() {
    Outcome later = world.run("world", "set-time", "+P3M");
    Outcome jiro = visit("jiro");
    Outcome taro = visit("taro", "--consent", "all");
    Outcome reset = world.run("world", "set-time", "reset");

    assertThat(later.exit()).as(later.err()).isZero();
    assertThat(jiro.json().path("reason").asText()).isEqualTo("CERTIFICATE_ENDED");
    assertThat(taro.json().path("certificate").path("phase").asText()).isEqualTo("GRACE");
    assertThat(reset.exit()).as(reset.err()).isZero();
    assertThat(visit("jiro").json().path("certificate").path("phase").asText()).isEqualTo("GRACE");
  }

  private Outcome visit(String card, String... more) {
    List<String> arguments = new ArrayList<>(List.of("visit", "--card", card, "--json"));
    arguments.addAll(List.of(more));
    return world.run(arguments.toArray(String[]::new));
  }

  private static String[] with(List<String> arguments, String last) {
    List<String> all = new ArrayList<>(arguments);
    all.add(last);
    return all.toArray(String[]::new);
  }

  private static List<String> words(JsonNode array) {
    List<String> words = new ArrayList<>();
    array.forEach(word -> words.add(word.asText()));
    return words;
  }

  private static List<String> notices(JsonNode answer) {
    List<String> ids = new ArrayList<>();
    answer.path("notices").forEach(notice -> ids.add(notice.path("id").asText()));
    return ids;
  }
}
