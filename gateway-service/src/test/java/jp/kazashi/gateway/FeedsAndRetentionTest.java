package jp.kazashi.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Feeds are written while they come; what they brought goes when no policy shows it any more. */
@QuarkusTest
@QuarkusTestResource(value = GatewayWorld.class, restrictToAnnotatedClass = false)
@SuppressWarnings("NullAway.Init") // Quarkus sets the fields
class FeedsAndRetentionTest {
  private static final int PIECE = 500;
  private static final String NOT_ALL_DROPPED =
      "select outcome from audit_entry where kind = 'RETENTION' and outcome = 'NOT_ALL_DROPPED'";

  @TestHTTPResource(value = "/", tls = true)
  URI gateway;

  GatewayWorld world;

  private final ObjectMapper json = new ObjectMapper();

  @Test
  void aFeedIsWrittenWhileItsRestIsStillOnTheWay() throws Exception {
    Counter insurer = new Counter(world, gateway, "insurer-1", "INSURER", GatewayWorld.INSURER);
    String batch = "slow-" + UUID.randomUUID();
    PipedInputStream body = new PipedInputStream(1 << 16);
    CompletableFuture<HttpResponse<String>> answer;
    try (PipedOutputStream sender = new PipedOutputStream(body)) {
      answer =
          insurer
              .http()
              .sendAsync(
                  insurer
                      .request("/v1/intake/qualifications?batch=" + batch)
                      .header("Content-Type", "application/x-ndjson")
                      .POST(HttpRequest.BodyPublishers.ofInputStream(() -> body))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
      send(sender, batch, 1, 3 * PIECE);

      Management.await("a piece was announced and written", () -> pieces(batch) >= 1);
      assertThat(answer).isNotDone();

      send(sender, batch, 3 * PIECE + 1, 4 * PIECE);
    }
    assertThat(json.readTree(answer.get(60, TimeUnit.SECONDS).body()).path("accepted").asInt())
        .isEqualTo(4 * PIECE);
  }

  @Test
  void expiredPartitionsAreDroppedByTheNodeAfterTheAuditSaysSo() throws SQLException {
    Owner.run(world, "select make_partition('medication', date '2011-02-01')");
    Owner.run(world, "select make_partition('surgery', date '2012-02-01')");
    Owner.run(world, "select make_partition('spent_challenge', date '2012-03-01')");

    Management.await("dropped", () -> old().isEmpty());
    Management.await("said", () -> entries("DROPPED").contains("surgery_201201"));

    assertThat(entries("DUE"))
        .contains("medication_201101", "surgery_201201", "spent_challenge_201203");
    assertThat(entries("DROPPED"))
        .contains("medication_201101", "surgery_201201", "spent_challenge_201203");
    assertThat(Management.metrics()).containsPattern("kazashi_retention_dropped_total [1-9]");
  }

  /** A reader holds it for longer than the node waits. */
  @Test
  void whatCouldNotBeDroppedIsSaidAndIsDueAgain() throws SQLException {
    Owner.run(world, "select make_partition('care', date '2011-02-01')");
    try (Connection reader = Owner.connect(world)) {
      reader.setAutoCommit(false);
      reader.createStatement().executeQuery("select count(*) from care");
      int before = names(NOT_ALL_DROPPED).size();

      Management.await("said", () -> names(NOT_ALL_DROPPED).size() > before);
      assertThat(old()).contains("care_201101");
      reader.rollback();
    }
    Management.await("dropped", () -> old().isEmpty());
    Management.await("said", () -> entries("DROPPED").contains("care_201101"));
  }

  private List<String> old() {
    return names("select child from stored_partition where first < '2013-01-01'");
  }

  /** The partitions that entries with this outcome name. */
  private List<String> entries(String outcome) {
    return names(
            "select details::jsonb ->> 'partitions' from audit_entry"
                + " where kind = 'RETENTION' and outcome = ?",
            outcome)
        .stream()
        .flatMap(partitions -> Stream.of(partitions.split(",")))
        .toList();
  }

  private void send(PipedOutputStream sender, String batch, int from, int to) throws IOException {
    for (int line = from; line <= to; line++) {
      ObjectNode person =
          json.createObjectNode()
              .put("type", "qualification")
              .put("line", Integer.toString(line))
              .put("personCode", batch + "-" + line)
              .put("name", "試験　花子")
              .put("birthDate", "1978-04-12")
              .put("sex", "FEMALE")
              .put("kind", "MEDICAL_INSURANCE")
              .put("insurerNumber", GatewayWorld.INSURER)
              .put("insurerName", "試験健康保険")
              .put("symbol", batch.substring(0, 12))
              .put("number", Integer.toString(line))
              .put("branchNumber", "00")
              .put("relationship", "PERSON")
              .put("contributionRatio", 30)
              .put("validFrom", "2024-04-01");
      sender.write((person + "\n").getBytes(StandardCharsets.UTF_8));
    }
    sender.flush();
  }

  private int pieces(String batch) {
    return names(
            "select p.piece::text from feed_piece p join feed_batch b on b.number = p.batch"
                + " where b.batch = ?",
            batch)
        .size();
  }

  private List<String> names(String sql, String... parameters) {
    try {
      return Owner.texts(world, sql, parameters);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
