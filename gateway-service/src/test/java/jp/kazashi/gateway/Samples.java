package jp.kazashi.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** Documents that a schema of the description allows, at its bounds too, and such as it forbids. */
final class Samples {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int LONG = 64;

  private final ApiDescription description;
  private final Random random;

  Samples(ApiDescription description, Random random) {
    this.description = description;
    this.random = random;
  }

  /**
   * A document, and what is said of it.
   *
   * @param what in which way it is as it is
   */
  record Sample(String what, String text) {}

  /** Everything that may be there, what must be there alone, and each value at its bounds. */
  List<Sample> allowed(JsonNode schema) {
    JsonNode object = description.resolved(schema);
    List<Sample> samples = new ArrayList<>();
    samples.add(new Sample("whole", whole(object).toString()));
    ObjectNode least = whole(object);
    names(object).stream().filter(name -> !isRequired(object, name)).forEach(least::remove);
    samples.add(new Sample("least", least.toString()));
    for (String name : names(object)) {
      JsonNode its = description.resolved(object.path("properties").path(name));
      bounds(its)
          .forEach(value ->
              samples.add(
                  new Sample(name + " at a bound", whole(object).set(name, value).toString())));
    }
    return samples;
  }

  /** Each with one thing that the schema does not allow. */
  List<Sample> forbidden(JsonNode schema) {
    JsonNode object = description.resolved(schema);
    String whole = whole(object).toString();
    List<Sample> samples = new ArrayList<>();
    samples.add(new Sample("nothing", ""));
    samples.add(new Sample("null", "null"));
    samples.add(new Sample("a list of it", "[" + whole + "]"));
    samples.add(new Sample("two of it", whole + whole));
    samples.add(new Sample("half of it", whole.substring(0, whole.length() / 2)));
    samples.add(new Sample("deep", "{\"a\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}"));
    samples.add(
        new Sample("an unknown field", whole(object).put("x" + random.nextInt(99), 1).toString()));
    for (String name : names(object)) {
      JsonNode its = description.resolved(object.path("properties").path(name));
      if (isRequired(object, name)) {
        ObjectNode without = whole(object);
        without.remove(name);
        samples.add(new Sample("no " + name, without.toString()));
        samples.add(
            new Sample("null for " + name, whole(object).set(name, JSON.nullNode()).toString()));
      }
      String said = "{\"" + name + "\":" + whole(object).get(name) + ",";
      samples.add(new Sample(name + " twice", said + whole.substring(1)));
      outside(its)
          .forEach((what, value) ->
              samples.add(
                  new Sample(name + " " + what, whole(object).set(name, value).toString())));
    }
    return samples;
  }

  private ObjectNode whole(JsonNode object) {
    ObjectNode whole = JSON.objectNode();
    names(object)
        .forEach(name ->
            whole.set(name, fitting(description.resolved(object.path("properties").path(name)))));
    return whole;
  }

  private static List<String> names(JsonNode object) {
    return object.path("properties").properties().stream().map(Map.Entry::getKey).toList();
  }

  private static boolean isRequired(JsonNode object, String name) {
    for (JsonNode each : object.path("required")) {
      if (each.asText().equals(name)) {
        return true;
      }
    }
    return false;
  }

  private JsonNode fitting(JsonNode schema) {
    return switch (schema.path("type").asText()) {
      case "string" -> JSON.textNode(text(schema));
      case "integer" -> JSON.numberNode(schema.path("minimum").asInt(0) + random.nextInt(9));
      case "number" -> JSON.numberNode(random.nextInt(900) / 100.0);
      case "boolean" -> JSON.booleanNode(random.nextBoolean());
      case "array" -> JSON.arrayNode().add(fitting(description.resolved(schema.path("items"))));
      case "object" -> whole(schema);
      default -> throw new AssertionError("no sample of " + schema);
    };
  }

  private String text(JsonNode schema) {
    if (schema.has("enum")) {
      JsonNode words = schema.path("enum");
      return words.get(random.nextInt(words.size())).asText();
    }
    return switch (schema.path("format").asText()) {
      case "uuid" -> new UUID(random.nextLong(), random.nextLong()).toString();
      case "date" -> LocalDate.of(1930, 1, 1).plusDays(random.nextInt(30_000)).toString();
      case "date-time" -> "2026-0" + (1 + random.nextInt(9)) + "-01T00:00:00.000Z";
      default -> ofLength(1 + random.nextInt(longest(schema)), schema);
    };
  }

  private static int longest(JsonNode schema) {
    return Math.min(LONG, schema.path("maxLength").asInt(16));
  }

  /** Of digits that every pattern of such a length allows. */
  private String ofLength(int length, JsonNode schema) {
    String pattern = schema.path("pattern").asText();
    int exactly = pattern.matches(".*]\\{[0-9]+}") ? exactLength(pattern) : length;
    StringBuilder text = new StringBuilder();
    for (int at = 0; at < exactly; at++) {
      text.append((char) ('0' + random.nextInt(10)));
    }
    return text.toString();
  }

  private static int exactLength(String pattern) {
    return Integer.parseInt(pattern.replaceAll(".*\\{([0-9]+)}", "$1"));
  }

  private List<JsonNode> bounds(JsonNode schema) {
    List<JsonNode> values = new ArrayList<>();
    schema.path("enum").forEach(values::add);
    if (schema.has("maxLength")) {
      values.add(JSON.textNode(ofLength(schema.path("maxLength").asInt(), schema)));
    }
    if (schema.has("minLength")) {
      values.add(JSON.textNode(ofLength(schema.path("minLength").asInt(), schema)));
    }
    if (schema.has("minimum")) {
      values.add(schema.path("minimum"));
    }
    if (schema.path("type").asText().equals("integer")) {
      values.add(
          JSON.numberNode(
              schema.path("format").asText().equals("int64") ? Long.MAX_VALUE : Integer.MAX_VALUE));
    }
    return values;
  }

  private static Map<String, JsonNode> outside(JsonNode schema) {
    Map<String, JsonNode> values = new LinkedHashMap<>();
    String type = schema.path("type").asText();
    Map<String, JsonNode> each =
        Map.of(
            "string", JSON.textNode("01"),
            "integer", JSON.numberNode(7),
            "number", JSON.numberNode(7.5),
            "boolean", JSON.booleanNode(true),
            "array", JSON.arrayNode().add("a"),
            "object", JSON.objectNode().put("a", 1));
    each.forEach((other, value) -> {
      boolean same = other.equals(type) || (type.equals("number") && other.equals("integer"));
      if (!same) {
        values.put("as " + other, value);
      }
    });
    if (schema.has("enum")) {
      values.put("is no word of it", JSON.textNode("SMELL"));
    }
    if (schema.has("maxLength")) {
      values.put("too long", JSON.textNode("1".repeat(schema.path("maxLength").asInt() + 1)));
    }
    if (schema.path("minLength").asInt(0) > 0) {
      values.put("empty", JSON.textNode(""));
    }
    if (schema.has("minimum")) {
      values.put("too small", JSON.numberNode(schema.path("minimum").asLong() - 1));
    }
    if (schema.has("pattern") || schema.path("format").asText().startsWith("date")) {
      values.put("is of another pattern", JSON.textNode(" \t\u3000"));
    }
    if (schema.has("maxItems")) {
      var many = JSON.arrayNode();
      for (int i = 0; i <= schema.path("maxItems").asInt(); i++) {
        many.add(Integer.toString(i));
      }
      values.put("too many", many);
    }
    return values;
  }
}
