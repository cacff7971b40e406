package jp.kazashi.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** After whole visits, nothing that belongs to a person, and no secret, stands in any log. */
@SharedWorld.Guest
class LogLeakIT {
  // VERIFY with a four-digit PIN, as any tracer would print it: 00 20 00 80 04 3x 3x 3x 3x.
  private static final Pattern VERIFY_APDU =
      Pattern.compile("(?i)00[ :]?20[ :]?00[ :]?80[ :]?04[ :]?(3\\d[ :]?){4}");
  private static final Pattern SIGN_APDU = Pattern.compile("(?i)80[ :]?2A[ :]?00[ :]?80[ :]?33");
  private static final Pattern PIN = Pattern.compile("(?<![\\d.])1234(?![\\d])");
  private static final Pattern LONG_BASE64 = Pattern.compile("[A-Za-z0-9+/_-]{200,}");

  private final World world;

  LogLeakIT(World world) {
    this.world = world;
  }

  @Test
  void noLogHoldsAPinANameANumberATokenOrAnApdu() throws IOException {
    JsonNode visit =
        world
            .run("visit", "--card", "hanako", "--pin", "1234", "--consent", "all", "--json")
            .json();
    world.run("visit", "--card", "shiro", "--json");
    world.run("read", "--check", visit.path("checkId").asText(), "--category", "medication");
    Map<String, String> secrets = secrets(visit.path("qualification"));

    List<Path> logs = logs();
    List<String> leaks = new ArrayList<>();
    for (Path log : logs) {
      String text = Files.readString(log, StandardCharsets.UTF_8);
      secrets.forEach((what, value) -> {
        if (text.contains(value)) {
          leaks.add(log.getFileName() + " holds the " + what);
        }
      });
      for (Pattern pattern : List.of(VERIFY_APDU, SIGN_APDU, PIN, LONG_BASE64)) {
        pattern
            .matcher(text)
            .results()
            .forEach(hit -> leaks.add(log.getFileName() + " matches " + pattern));
      }
    }

    assertThat(logs)
        .extracting(log -> log.getFileName().toString())
        .contains("gateway.log", "reader.log", "simulator.log");
    assertThat(Files.size(world.home().resolve("logs/gateway.log"))).isPositive();
    assertThat(leaks).isEmpty();
  }

  private Map<String, String> secrets(JsonNode qualification) {
    Map<String, String> secrets = new LinkedHashMap<>();
    for (String field : List.of("name", "nameKana", "address", "number", "birthDate")) {
      String value = qualification.path(field).asText();
      if (value.length() >= 4) {
        secrets.put(field, value);
      }
    }
    JsonNode file = world.file();
    secrets.put("control token", file.path("control").asText());
    file.path("keyStores")
        .properties()
        .forEach(store ->
            secrets.put(
                "password of " + store.getKey(), store.getValue().path("password").asText()));
    for (String server : List.of("postgres", "redis")) {
      secrets.put(server + " password", password(file.path("addresses").path(server).asText()));
    }
    assertThat(secrets.values()).allSatisfy(value -> assertThat(value).hasSizeGreaterThan(3));
    return secrets;
  }

  private static String password(String url) {
    return url.replaceFirst("^[a-z]+://[^:]*:([^@]*)@.*$", "$1");
  }

  private List<Path> logs() throws IOException {
    try (Stream<Path> files = Files.list(world.home().resolve("logs"))) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
