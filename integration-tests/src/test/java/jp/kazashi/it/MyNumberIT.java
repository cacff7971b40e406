package jp.kazashi.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import jp.kazashi.it.World.Outcome;
import jp.kazashi.qualification.MyNumberScanner;
import org.junit.jupiter.api.Test;

/**
 * AC-22: the cards hold a My Number each, and this line has no business with it. After whole visits
 * none stands in any table, log line or body of the API.
 */
@SharedWorld.Guest
class MyNumberIT {
  private final World world;

  MyNumberIT(World world) {
    this.world = world;
  }

  @Test
  void noTableNoLogAndNoBodyHoldsAMyNumber() throws IOException, SQLException {
    Map<String, String> bodies = new LinkedHashMap<>();
    String check = "";
    for (String card : List.of("midori", "android", "shiro", "hanako")) {
      Outcome visit = world.run("visit", "--card", card, "--consent", "all", "--json");
      bodies.put("visit of " + card, visit.out());
      check = visit.json().path("checkId").asText();
    }
    for (String category : List.of("medication", "checkup", "care", "surgery")) {
      Outcome read = world.run("read", "--check", check, "--category", category, "--json");
      assertThat(read.exit()).as(category + read.err()).isZero();
      bodies.put("read of " + category, read.out());
    }
    bodies.put("the check", world.get("RECEIPT", "/v1/checks/" + check).toString());
    Path logs = world.home().resolve("logs");
    try (Stream<Path> files = Files.list(logs)) {
      for (Path log : files.filter(Files::isRegularFile).toList()) {
        bodies.put(log.getFileName().toString(), Files.readString(log, StandardCharsets.UTF_8));
      }
    }

    assertThat(bodies).containsKeys("gateway.log", "reader.log", "simulator.log");
    assertThat(bodies.get("read of medication")).contains("facilityName");
    bodies.forEach((where, text) -> assertThat(MyNumberScanner.find(text)).as(where).isEmpty());
    try (Connection owner = database()) {
      assertThat(MyNumberScanner.scan(owner)).isEmpty();
    }
  }

  private Connection database() throws SQLException {
    URI owner = URI.create(world.address("postgres"));
    String[] who = owner.getUserInfo().split(":", 2);
    return DriverManager.getConnection(
        "jdbc:postgresql://%s:%d%s".formatted(owner.getHost(), owner.getPort(), owner.getPath()),
        who[0],
        who[1]);
  }
}
