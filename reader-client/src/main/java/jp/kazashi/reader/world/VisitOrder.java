package jp.kazashi.reader.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import jp.kazashi.consent.MedicalCategory;
import jp.kazashi.jpki.statement.VerificationMethod;
import jp.kazashi.reader.desk.StaffLogin;
import jp.kazashi.reader.myna.PinEntry;
import jp.kazashi.reader.world.ScriptedPatient.Wish;

/**
 * An order for one visit: on which reader, and what the patient will say.
 *
 * @param staff who would confirm the holder by sight
 */
record VisitOrder(String reader, ScriptedPatient patient, Optional<StaffLogin> staff) {

  /** Reads the order. What is wrong with it is said in the exception, for the one who sent it. */
  static VisitOrder read(ObjectMapper json, byte[] body) {
    JsonNode order = parse(json, body);
    VerificationMethod method = method(order.path("method").asText("PIN"));
    byte[] pin = order.path("pin").asText("").getBytes(StandardCharsets.US_ASCII);
    if (method == VerificationMethod.PIN && !PinEntry.isWellFormed(pin)) {
      throw new IllegalArgumentException("The PIN has four digits.");
    }
    String reader = order.path("reader").asText("");
    if (reader.isBlank()) {
      throw new IllegalArgumentException("Name the reader.");
    }
    return new VisitOrder(
        reader,
        new ScriptedPatient(
            method, pin, registers(order.path("register")), wish(order.path("consent"))),
        staff(order.path("staff")));
  }

  private static JsonNode parse(ObjectMapper json, byte[] body) {
    try {
      return json.readTree(body);
    } catch (IOException broken) {
      throw new IllegalArgumentException("This is not JSON.", broken);
    }
  }

  private static VerificationMethod method(String name) {
    return Stream.of(VerificationMethod.values())
        .filter(method -> method.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("Methods are PIN, FACE, STAFF and PHONE."));
  }

  private static Optional<StaffLogin> staff(JsonNode staff) {
    return staff.isMissingNode()
        ? Optional.empty()
        : Optional.of(
            new StaffLogin(staff.path("login").asText(""), staff.path("password").asText("")));
  }

  private static boolean registers(JsonNode register) {
    if (!register.isMissingNode() && !register.isBoolean()) {
      throw new IllegalArgumentException("Register is true or false.");
    }
    return register.asBoolean(false);
  }

  private static Wish wish(JsonNode consent) {
    if (consent.isArray()) {
      Set<MedicalCategory> categories = EnumSet.noneOf(MedicalCategory.class);
      consent.forEach(word -> categories.add(category(word.asText())));
      return new Wish.Only(categories);
    }
    return switch (consent.asText("none")) {
      case "all" -> new Wish.All();
      case "none" -> new Wish.Only(Set.of());
      default -> throw new IllegalArgumentException("Consent is \"all\", \"none\" or a list.");
    };
  }

  private static MedicalCategory category(String word) {
    return MedicalCategory.named(word)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "Consent can be given to medication, checkup, care and surgery."));
  }
}
