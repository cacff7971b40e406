package jp.kazashi.simulator.world;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

/** What the control says, and how it reads what was asked. */
final class Replies {
  private Replies() {}

  static void answer(RoutingContext context, int status, Object body) {
    context
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .putHeader("Cache-Control", "no-store")
        .end(Json.line(body));
  }

  static void done(RoutingContext context) {
    context.response().setStatusCode(204).end();
  }

  static void refuse(RoutingContext context, int status, String error) {
    answer(context, status, Map.of("error", error));
  }

  /** A text field of the body; where it is missing, the refusal has been sent. */
  static Optional<String> text(RoutingContext context, String name) {
    return field(context, name, "a text", value -> value.isTextual() && !value.asText().isBlank())
        .map(JsonNode::asText);
  }

  /** A field of the body; where it is missing or something else, the refusal has been sent. */
  static Optional<JsonNode> field(
      RoutingContext context, String name, String kind, Predicate<JsonNode> fits) {
    String body = Optional.ofNullable(context.body().asString()).orElse("");
    try {
      JsonNode value = Json.tree(body).path(name);
      if (fits.test(value)) {
        return Optional.of(value);
      }
      refuse(context, 400, "The body needs %s '%s'.".formatted(kind, name));
    } catch (JsonProcessingException noJson) {
      refuse(context, 400, "The body is no JSON.");
    }
    return Optional.empty();
  }

  /** Work that waits, for others or for a file, happens off the event loop. */
  static void apart(RoutingContext context, Callable<Map<String, Object>> work) {
    context
        .vertx()
        .executeBlocking(work, false)
        .onSuccess(result -> answer(context, 200, result))
        .onFailure(failure -> {
          switch (failure) {
            case IllegalArgumentException wrong -> refuse(context, 400, message(wrong));
            case WorldTrouble trouble -> refuse(context, 503, trouble.line());
            case IOException away -> refuse(context, 502, message(away));
            default -> context.fail(failure);
          }
        });
  }

  static String message(Throwable failure) {
    return Optional.ofNullable(failure.getMessage()).orElse(failure.getClass().getSimpleName());
  }
}
