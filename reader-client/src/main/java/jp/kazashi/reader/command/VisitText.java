package jp.kazashi.reader.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** A visit in a few lines for the one who typed the command. */
final class VisitText {

  private VisitText() {}

  static String of(JsonNode visit) {
    JsonNode qualification = visit.path("qualification");
    List<String> lines = new ArrayList<>();
    lines.add(
        "ANSWERED     %s (%s), born %s"
            .formatted(
                text(qualification, "name"),
                text(qualification, "nameKana"),
                text(qualification, "birthDate")));
    lines.add("confirmed    " + confirmed(visit));
    lines.add("coverage     " + coverage(qualification));
    lines.add(
        "certificate  %s, ends %s"
            .formatted(
                text(visit.path("certificate"), "phase"),
                text(visit.path("certificate"), "expiresAt")));
    lines.add("consents     " + consents(visit));
    visit.path("notices").forEach(notice -> lines.add("notice       " + english(notice, "desk")));
    lines.add("receipt      " + receipt(visit.path("receipt")));
    lines.add(
        "check        %s, %d ms of machine time"
            .formatted(text(visit, "checkId"), visit.path("machineMillis").asLong()));
    if (visit.has("proof")) {
      lines.add("proof        " + proof(visit.path("proof")));
    }
    return String.join(System.lineSeparator(), lines);
  }

  /** One line, with the next step. */
  static String ofRefusal(JsonNode visit) {
    return "%s: %s Next: %s"
        .formatted(text(visit, "reason"), english(visit, "patient"), english(visit, "nextStep"));
  }

  private static String confirmed(JsonNode visit) {
    return "by "
        + text(visit, "method")
        + (visit.path("face").asText().equals("SCRIPTED")
            ? " (scripted: in this simulated world nobody was compared with anybody)"
            : "");
  }

  private static String proof(JsonNode time) {
    return "seated to signed in %.1f ms: %.1f in the card, %.1f waiting for the line, %.1f our own"
        .formatted(
            time.path("millis").asDouble(),
            time.path("cardMillis").asDouble(),
            time.path("lineMillis").asDouble(),
            time.path("ownMillis").asDouble());
  }

  private static String coverage(JsonNode qualification) {
    String ratio = text(qualification, "contributionRatio");
    return "validity %s, %s %s, symbol %s, number %s-%s%s"
        .formatted(
            text(qualification, "validityCode"),
            text(qualification, "insurerNumber"),
            text(qualification, "insurerName"),
            text(qualification, "symbol"),
            text(qualification, "number"),
            text(qualification, "branchNumber"),
            ratio.equals("-") ? "" : ", pays " + ratio + " %");
  }

  private static String consents(JsonNode visit) {
    List<String> words = new ArrayList<>();
    visit.path("consents").forEach(word -> words.add(word.asText()));
    return words.isEmpty()
        ? "none of " + visit.path("offeredConsents").size() + " offered"
        : String.join(", ", words) + ", until " + text(visit, "consentsUntil");
  }

  private static String receipt(JsonNode receipt) {
    return text(receipt, "chain") + " #" + text(receipt, "number");
  }

  private static String english(JsonNode node, String field) {
    return text(node.path(field), "en");
  }

  private static String text(JsonNode node, String field) {
    String text = node.path(field).asText("");
    return text.isEmpty() || node.path(field).isNull() ? "-" : text;
  }
}
