package jp.kazashi.reader.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import jp.kazashi.jpki.statement.VerificationMethod;
import jp.kazashi.reader.link.Answer;
import jp.kazashi.reader.link.Grants;
import jp.kazashi.reader.link.LocalReason;
import jp.kazashi.reader.link.LocalReasons;
import jp.kazashi.reader.link.Receipt;
import jp.kazashi.reader.link.Refusal;
import jp.kazashi.reader.link.WireJson;
import jp.kazashi.reader.visit.Visit;
import jp.kazashi.reader.visit.VisitFlow;

/** A visit that is over, in the shape that {@code visit --json} prints (design §8). */
final class VisitJson {

  private final ObjectMapper json = WireJson.mapper();
  private final LocalReasons reasons;
  private final Faces faces;

  VisitJson(LocalReasons reasons, Faces faces) {
    this.reasons = reasons;
    this.faces = faces;
  }

  ObjectNode of(VisitFlow.Ended visit) {
    ObjectNode node = ofEnd(visit);
    visit.proofTime().ifPresent(proof -> node.set("proof", proof(proof)));
    return node;
  }

  private ObjectNode ofEnd(VisitFlow.Ended visit) {
    Duration time = visit.machineTime();
    return switch (visit.end()) {
      case Visit.Consented consented ->
          answered(consented.answered(), Optional.of(consented.grants()), time);
      case Visit.Closed closed -> closed(closed, time);
      case Visit.Refused refused -> refused(refused.refusal(), time);
      case Visit.Left left -> refused(reasons.refusal(LocalReason.CARD_REMOVED), time);
    };
  }

  private ObjectNode closed(Visit.Closed closed, Duration time) {
    ObjectNode node = answered(closed.answered(), Optional.empty(), time);
    if (closed.closing() instanceof Visit.Closing.NotRecorded(Refusal refusal)) {
      // Not the same as a no: the patient agreed, and nothing was kept.
      node.put("reason", refusal.reason().value());
      node.set("patient", json.valueToTree(refusal.patient()));
      node.set("nextStep", json.valueToTree(refusal.nextStep()));
    }
    return node;
  }

  /** From the seated card to the signed proof, without the human. */
  private ObjectNode proof(VisitFlow.ProofTime time) {
    return json.createObjectNode()
        .put("millis", millis(time.whole()))
        .put("cardMillis", millis(time.inCard()))
        .put("lineMillis", millis(time.onLine()))
        .put("ownMillis", millis(time.own()));
  }

  private static double millis(Duration time) {
    return Math.round(time.toNanos() / 1e5) / 10.0;
  }

  private ObjectNode answered(Visit.Answered answered, Optional<Grants> grants, Duration time) {
    Answer answer = answered.answer();
    ObjectNode node = json.createObjectNode();
    node.put("checkId", answer.checkId().toString());
    node.put("outcome", "ANSWERED");
    node.put("method", answered.method().name());
    if (answered.method() == VerificationMethod.FACE) {
      // Said openly: where faces are scripted nobody looks at anybody.
      node.put("face", faces.name());
    }
    node.set("certificate", json.valueToTree(answer.certificate()));
    node.set("qualification", json.valueToTree(answer.qualification()));
    node.set("qualifications", json.valueToTree(answer.qualifications()));
    node.set("offeredConsents", json.valueToTree(answer.offeredInOrder()));
    node.set(
        "consents",
        json.valueToTree(
            grants.map(g -> g.categories().stream().sorted().toList()).orElse(List.of())));
    node.put("consentsUntil", grants.map(g -> WireJson.text(g.expiresAt())).orElse(null));
    node.set("notices", json.valueToTree(answer.notices()));
    node.set("receipt", receipt(grants.map(Grants::receipt).orElse(answer.receipt())));
    return node.put("machineMillis", time.toMillis());
  }

  private ObjectNode refused(Refusal refusal, Duration time) {
    ObjectNode node = json.createObjectNode();
    node.put("checkId", refusal.checkId().map(Object::toString).orElse(null));
    node.put("outcome", "REFUSED");
    node.put("reason", refusal.reason().value());
    node.set("patient", json.valueToTree(refusal.patient()));
    node.set("nextStep", json.valueToTree(refusal.nextStep()));
    node.set("certificate", json.valueToTree(refusal.certificate().orElse(null)));
    node.set("receipt", json.valueToTree(refusal.receipt().orElse(null)));
    return node.put("machineMillis", time.toMillis());
  }

  private JsonNode receipt(Receipt receipt) {
    return json.valueToTree(receipt);
  }
}
