package jp.kazashi.reader.link;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import jp.kazashi.consent.Sentence;
import jp.kazashi.jpki.Octets;

/** What a terminal asks of the gateway about its records of a dead line. */
public final class ReconciliationLink {

  private static final int COVERED = 1;
  private static final int COVERED_WITHOUT_TICKET = 6;

  private final HttpLine line;

  /** Over a line of the role READER. */
  public ReconciliationLink(HttpLine line) {
    this.line = line;
  }

  /**
   * How a record was judged.
   *
   * @param covered also of an answer: it may be that nobody is covered any more
   * @param reason empty of an answer
   * @param check the check it became
   */
  public record Outcome(
      boolean covered,
      String reason,
      Optional<Sentence> nextStep,
      String name,
      String birthDate,
      Optional<String> check) {
    /** Names nobody. */
    @Override
    public String toString() {
      return "Outcome[" + reason + "]";
    }
  }

  public GatewayReply<DegradedQueue.Key> key() {
    return line.ask(line.get("/v1/reconciliations/key").build())
        .read(
            JsonNode.class,
            key ->
                new DegradedQueue.Key(
                    text(key, "keyId"),
                    Octets.of(Base64.getDecoder().decode(text(key, "publicKey")))));
  }

  /** Sends one record, at most once more than needed: the gateway knows what it has judged. */
  public GatewayReply<Outcome> send(DegradedQueue.Entry entry, boolean afterGap) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("keyId", entry.keyId());
    body.put("chain", entry.chain().toString());
    body.put("number", entry.number());
    body.put("previous", entry.previous());
    body.put("sealed", entry.sealed());
    body.put("afterGap", afterGap);
    return line.ask(line.post("/v1/reconciliations", body).build())
        .read(JsonNode.class, this::judged);
  }

  private Outcome judged(JsonNode told) {
    JsonNode typed = told.path("typed");
    boolean answered = text(told, "outcome").equals("ANSWERED");
    JsonNode step = told.path("nextStep");
    Validity validity = answered ? validity(text(told, "checkId")) : Validity.NONE;
    return new Outcome(
        validity.covered(),
        answered ? validity.word() : text(told, "reason"),
        step.isObject()
            ? Optional.of(new Sentence(text(step, "ja"), text(step, "en")))
            : Optional.empty(),
        typed.path("name").asText(""),
        typed.path("birthDate").asText(""),
        Optional.ofNullable(told.path("checkId").textValue()));
  }

  /** What was answered; not known, it counts as not covered, and staff look. */
  private Validity validity(String check) {
    return switch (line.ask(line.get("/v1/checks/" + check).build())
        .read(JsonNode.class, told -> told.path("qualification").path("validityCode").asInt())) {
      case GatewayReply.Given<Integer> code -> new Validity(code.value());
      case GatewayReply.Refused<Integer> unknown -> Validity.NONE;
    };
  }

  private record Validity(int code) {
    static final Validity NONE = new Validity(0);

    boolean covered() {
      return code == COVERED || code == COVERED_WITHOUT_TICKET;
    }

    String word() {
      return covered() ? "" : "VALIDITY_" + code;
    }
  }

  private static String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (!value.isTextual() || value.asText().isBlank()) {
      throw new IllegalArgumentException("There is no " + field);
    }
    return value.asText();
  }
}
