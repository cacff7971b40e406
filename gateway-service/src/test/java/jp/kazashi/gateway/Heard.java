package jp.kazashi.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The reasons that came over HTTP since this JVM was started. Each profile of the tests has class
 * loaders of its own: what all of them see is the JVM's properties.
 */
final class Heard {
  private static final String HEARD = "kazashi.reasons-heard";

  private Heard() {}

  /** Of a refusal, of a look-up, and of the notices of an answer. */
  static void in(JsonNode body) {
    note(body.path("reason").asText());
    body.path("notices").forEach(notice -> note(notice.path("id").asText()));
  }

  static Set<String> reasons() {
    return new TreeSet<>(Stream.of(System.getProperty(HEARD, "").split(" ")).toList());
  }

  private static void note(String reason) {
    if (!reason.isEmpty()) {
      System.getProperties()
          .merge(
              HEARD,
              reason,
              (before, one) ->
                  Set.of(before.toString().split(" ")).contains(one.toString())
                      ? before
                      : before + " " + one);
    }
  }
}
