package jp.kazashi.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The description as the gateway serves it, and what its schemas say about a document. */
final class ApiDescription {
  private final JsonNode root;

  private ApiDescription(JsonNode root) {
    this.root = root;
  }

  static ApiDescription servedTo(Counter counter) {
    try {
      return new ApiDescription(new ObjectMapper().readTree(counter.text("/openapi?format=json")));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** One operation. */
  record Operation(String id, String method, String path, JsonNode said) {
    List<String> roles() {
      List<String> roles = new ArrayList<>();
      said.path("security")
          .forEach(each -> each.path("SecurityScheme").forEach(role -> roles.add(role.asText())));
      return roles;
    }

    /** The one media type of its body, and an example of it; nothing when it takes none. */
    Optional<Map.Entry<String, JsonNode>> body() {
      return said.path("requestBody").path("content").properties().stream()
          .map(each -> Map.entry(each.getKey(), each.getValue()))
          .findFirst();
    }

    JsonNode responses() {
      return said.path("responses");
    }

    String pathWith(String id) {
      return path.replaceAll("\\{[a-zA-Z]+}", id);
    }

    @Override
    public String toString() {
      return id;
    }
  }

  List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    root.path("paths")
        .properties()
        .forEach(path ->
            path.getValue()
                .properties()
                .forEach(method ->
                    operations.add(
                        new Operation(
                            method.getValue().path("operationId").asText("(no id)"),
                            method.getKey().toUpperCase(Locale.ROOT),
                            path.getKey(),
                            method.getValue()))));
    return operations;
  }

  /** The schema itself, where another is referred to. */
  JsonNode resolved(JsonNode schema) {
    if (!schema.has("$ref")) {
      return schema;
    }
    String name = schema.path("$ref").asText().replace("#/components/schemas/", "");
    JsonNode target = root.path("components").path("schemas").path(name);
    if (target.isMissingNode()) {
      throw new AssertionError("no schema " + name);
    }
    return resolved(target);
  }

  /** What is wrong with a document; empty when it is as described. */
  List<String> faults(JsonNode document, JsonNode schema) {
    List<String> faults = new ArrayList<>();
    check("", document, schema, faults);
    return faults;
  }

  private void check(String at, JsonNode value, JsonNode schema, List<String> faults) {
    if (schema.has("$ref")) {
      String name = schema.path("$ref").asText().replace("#/components/schemas/", "");
      JsonNode target = root.path("components").path("schemas").path(name);
      if (target.isMissingNode()) {
        faults.add(at + ": no schema " + name);
      }
      check(at, value, target, faults);
      return;
    }
    if (value.isNull()) {
      return; // what may be absent may be null; required() is asked of the object
    }
    if (!isOfType(value, schema.path("type").asText())) {
      faults.add(at + ": is no " + schema.path("type").asText());
      return;
    }
    if (schema.has("enum") && !contains(schema.path("enum"), value)) {
      faults.add(at + ": is none of " + schema.path("enum"));
    }
    if (schema.has("pattern")
        && !Pattern.matches(schema.path("pattern").asText(), value.asText())) {
      faults.add(at + ": is not of the pattern");
    }
    if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        check(at + "[" + i + "]", value.get(i), schema.path("items"), faults);
      }
    }
    if (value.isObject()) {
      checkObject(at, value, schema, faults);
    }
  }

  private void checkObject(String at, JsonNode value, JsonNode schema, List<String> faults) {
    schema
        .path("required")
        .forEach(name -> {
          if (!value.hasNonNull(name.asText())) {
            faults.add(at + ": has no " + name.asText());
          }
        });
    value
        .properties()
        .forEach(field -> {
          JsonNode its = schema.path("properties").path(field.getKey());
          if (its.isMissingNode()) {
            faults.add(at + "." + field.getKey() + ": is not described");
          } else {
            check(at + "." + field.getKey(), field.getValue(), its, faults);
          }
        });
  }

  private static boolean isOfType(JsonNode value, String type) {
    return switch (type) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      case "boolean" -> value.isBoolean();
      default -> false;
    };
  }

  private static boolean contains(JsonNode words, JsonNode value) {
    for (JsonNode each : words) {
      if (each.equals(value)) {
        return true;
      }
    }
    return false;
  }
}
