package jp.kazashi.gateway.adapter.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.BiConsumer;
import jp.kazashi.gateway.check.Feed;
import jp.kazashi.gateway.check.HolderLinks;
import jp.kazashi.qualification.intake.MedicationLine;
import jp.kazashi.qualification.intake.QualificationLine;
import jp.kazashi.qualification.intake.RegistrationLine;
import jp.kazashi.qualification.intake.RejectedLine;

/** Reads a feed line by line; a line that cannot be read is one reject and harms no other. */
public final class FeedLines {
  private final ObjectMapper json;

  public FeedLines(ObjectMapper json) {
    this.json = json;
  }

  Feed qualifications(String body) {
    List<QualificationLine> people = new ArrayList<>();
    List<RegistrationLine> registrations = new ArrayList<>();
    List<RejectedLine> rejected = new ArrayList<>();
    read(
        body,
        rejected,
        (type, line) -> {
          switch (type) {
            case "qualification" -> people.add(as(line, QualificationLine.class));
            case "registration" -> registrations.add(registration(line));
            default ->
                throw new UnreadableLine("type", "is neither qualification nor registration");
          }
        });
    return new Feed(people, registrations, List.of(), rejected);
  }

  Feed claims(String body) {
    List<MedicationLine> medications = new ArrayList<>();
    List<RejectedLine> rejected = new ArrayList<>();
    read(
        body,
        rejected,
        (type, line) -> {
          switch (type) {
            case "medication" -> medications.add(as(line, MedicationLine.class));
            default -> throw new UnreadableLine("type", "is not medication");
          }
        });
    return new Feed(List.of(), List.of(), medications, rejected);
  }

  private void read(
      String body, List<RejectedLine> rejected, BiConsumer<String, ObjectNode> taker) {
    int number = 0;
    for (String text : body.lines().toList()) {
      number++;
      if (!text.isBlank()) {
        readOne(text, Integer.toString(number), rejected, taker);
      }
    }
  }

  private void readOne(
      String text,
      String number,
      List<RejectedLine> rejected,
      BiConsumer<String, ObjectNode> taker) {
    String name = number;
    try {
      ObjectNode line = object(text);
      name = line.path("line").asText(number);
      JsonNode type = line.remove("type");
      taker.accept(type == null ? "" : type.asText(), line);
    } catch (UnreadableLine e) {
      rejected.add(new RejectedLine(name, e.field, e.reason));
    }
  }

  private ObjectNode object(String text) {
    try {
      if (json.readTree(text) instanceof ObjectNode line) {
        return line;
      }
    } catch (JsonProcessingException e) {
      throw new UnreadableLine("line", "is not JSON");
    }
    throw new UnreadableLine("line", "is not an object");
  }

  private <T> T as(ObjectNode line, Class<T> type) {
    try {
      return json.treeToValue(line, type);
    } catch (JsonProcessingException e) {
      throw new UnreadableLine("line", "has a field that is unknown or of another type");
    }
  }

  private static RegistrationLine registration(ObjectNode line) {
    return new RegistrationLine(
        line.path("line").textValue(),
        line.path("personCode").textValue(),
        link(line.path("issuer").asText(), line.path("serial").asText()),
        line.path("registeredAt").textValue());
  }

  private static String link(String issuer, String serial) {
    try {
      return HolderLinks.of(Base64.getDecoder().decode(issuer), serial).opaque();
    } catch (IllegalArgumentException e) {
      throw new UnreadableLine("serial", "issuer is base64 and serial hexadecimal");
    }
  }

  /** Ends the reading of one line only. */
  private static final class UnreadableLine extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String field;
    private final String reason;

    UnreadableLine(String field, String reason) {
      super(reason, null, false, false);
      this.field = field;
      this.reason = reason;
    }
  }
}
