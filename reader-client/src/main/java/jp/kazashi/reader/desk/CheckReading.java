package jp.kazashi.reader.desk;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jp.kazashi.consent.Arrival;
import jp.kazashi.consent.Arrival.Standing;
import jp.kazashi.consent.MedicalCategory;
import jp.kazashi.consent.ProofMethod;
import jp.kazashi.consent.Sentence;

/** Reads a check as the gateway tells it into a line of the arrival list. */
final class CheckReading {

  private CheckReading() {}

  static ArrivalList.ToldCheck read(
      JsonNode check,
      String id,
      Instant at,
      String terminal,
      String method,
      Optional<Arrival> known) {
    List<Sentence> alerts = new ArrayList<>();
    instant(check, "recordedAt").map(DatedNotice::recorded).ifPresent(alerts::add);
    check.path("notices").forEach(notice -> notice(check, notice).ifPresent(alerts::add));
    List<MedicalCategory> consents = consents(check);
    return new ArrivalList.ToldCheck(
        id,
        Optional.ofNullable(check.path("follows").textValue()),
        at,
        terminal,
        standing(check, method, known),
        consents,
        consents.isEmpty() ? Optional.empty() : instant(check, "consentsUntil"),
        alerts,
        sentence(check.path("nextStep")));
  }

  /** What the patient lets this institution see of it, in the order of the categories. */
  static List<MedicalCategory> consents(JsonNode check) {
    List<MedicalCategory> consents = new ArrayList<>();
    check
        .path("consents")
        .forEach(word -> MedicalCategory.named(word.asText()).ifPresent(consents::add));
    return consents.stream().sorted().toList();
  }

  private static Optional<Sentence> notice(JsonNode check, JsonNode notice) {
    Optional<Instant> ends = instant(check.path("certificate"), "expiresAt");
    return sentence(notice.path("desk"))
        .map(desk ->
            ends.map(at -> DatedNotice.of(notice.path("id").asText(), desk, at)).orElse(desk));
  }

  static Optional<Instant> instant(JsonNode node, String field) {
    return Optional.ofNullable(node.path(field).textValue()).map(Instant::parse);
  }

  private static Standing standing(JsonNode check, String method, Optional<Arrival> known) {
    if (!check.path("outcome").asText().equals("ANSWERED")) {
      return new Standing.Refused(
          check.path("reason").asText(),
          sentence(check.path("patient"))
              .orElseThrow(() -> new IllegalArgumentException("A refusal says why")));
    }
    JsonNode qualification = check.path("qualification");
    return new Standing.Answered(
        person(qualification),
        Arrival.Validity.of(qualification.path("validityCode").asInt()),
        qualification.path("insurerName").asText(""),
        ratio(qualification),
        method(method, known));
  }

  /** Only the event of the check itself says how; a later one is of a check that is known. */
  private static ProofMethod method(String word, Optional<Arrival> known) {
    return Stream.of(ProofMethod.values())
        .filter(method -> method.name().equals(word))
        .findFirst()
        .or(() ->
            known.map(Arrival::standing).stream()
                .filter(Standing.Answered.class::isInstance)
                .map(Standing.Answered.class::cast)
                .map(Standing.Answered::method)
                .findFirst())
        .orElseThrow(() -> new IllegalArgumentException("How it was confirmed is not known"));
  }

  static Arrival.Person person(JsonNode qualification) {
    String name = qualification.path("name").asText();
    return new Arrival.Person(
        name,
        qualification.path("printableName").asText(name),
        qualification.path("nameKana").asText(""),
        LocalDate.parse(qualification.path("birthDate").asText()));
  }

  static Optional<Integer> ratio(JsonNode qualification) {
    JsonNode ratio = qualification.path("contributionRatio");
    return ratio.isInt() ? Optional.of(ratio.asInt()) : Optional.empty();
  }

  static Optional<Sentence> sentence(JsonNode node) {
    return node.isObject()
        ? Optional.of(new Sentence(node.path("ja").asText(), node.path("en").asText()))
        : Optional.empty();
  }
}
