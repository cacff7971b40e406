package jp.kazashi.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import jp.kazashi.gateway.Counter.Reply;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What nobody can mean: a named problem, one line in the log, nothing stored. */
@QuarkusTest
@QuarkusTestResource(value = GatewayWorld.class, restrictToAnnotatedClass = false)
@SuppressWarnings("NullAway.Init") // Quarkus and the set-up set the fields
class BadInputTest {
  private static final String JSON = "application/json";
  private static final String LOOK_UP =
      """
      {"insurerNumber":"01130012","symbol":"100","number":"1","birthDate":"1978-04-12"}\
      """;

  @TestHTTPResource(value = "/", tls = true)
  URI gateway;

  GatewayWorld world;

  private final List<String> logged = new CopyOnWriteArrayList<>();
  private final Handler listener = new Listener();

  private record Bad(
      String what, String method, String path, String type, String text, Charset charset) {
    Bad(String what, String type, String text) {
      this(what, "POST", "/v1/lookups", type, text, StandardCharsets.UTF_8);
    }

    Bad(String what, String method, String path, String type) {
      this(what, method, path, type, "", StandardCharsets.UTF_8);
    }

    byte[] body() {
      return text.getBytes(charset);
    }
  }

  private static Stream<Map.Entry<Bad, String>> cases() {
    String deep = "{\"number\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}";
    return Stream.of(
        Map.entry(new Bad("nothing", JSON, ""), "BAD_REQUEST"),
        Map.entry(new Bad("half a document", JSON, LOOK_UP.substring(0, 30)), "BAD_REQUEST"),
        Map.entry(new Bad("two documents", JSON, LOOK_UP + LOOK_UP), "BAD_REQUEST"),
        Map.entry(new Bad("a list", JSON, "[" + LOOK_UP + "]"), "BAD_REQUEST"),
        Map.entry(new Bad("a word", JSON, "\"insurer\""), "BAD_REQUEST"),
        Map.entry(new Bad("null", JSON, "null"), "BAD_REQUEST"),
        Map.entry(
            new Bad("an unknown field", JSON, LOOK_UP.replace("{", "{\"my\":1,")), "BAD_REQUEST"),
        Map.entry(
            new Bad("a field twice", JSON, LOOK_UP.replace("{", "{\"number\":\"2\",")),
            "BAD_REQUEST"),
        Map.entry(new Bad("deep", JSON, deep), "BAD_REQUEST"),
        Map.entry(
            new Bad("a long number", JSON, "{\"number\":" + "9".repeat(10_000) + "}"),
            "BAD_REQUEST"),
        Map.entry(
            new Bad("a long word", JSON, LOOK_UP.replace("\"1\"", "\"" + "1".repeat(999) + "\"")),
            "BAD_REQUEST"),
        Map.entry(
            new Bad("a number for a word", JSON, LOOK_UP.replace("\"1\"", "1")), "BAD_REQUEST"),
        Map.entry(
            new Bad("a list for a day", JSON, LOOK_UP.replace("\"1978-04-12\"", "[1978,4,12]")),
            "BAD_REQUEST"),
        Map.entry(
            new Bad("an object for a word", JSON, LOOK_UP.replace("\"1\"", "{\"a\":1}")),
            "BAD_REQUEST"),
        Map.entry(
            new Bad("a day that is none", JSON, LOOK_UP.replace("04-12", "02-31")), "BAD_REQUEST"),
        Map.entry(new Bad("too large", JSON, LOOK_UP + " ".repeat(300_000)), "BODY_TOO_LARGE"),
        Map.entry(new Bad("another type", "text/xml", "<a/>"), "MEDIA_TYPE_UNSUPPORTED"),
        Map.entry(
            new Bad("another type of JSON", "application/x-ndjson", LOOK_UP),
            "MEDIA_TYPE_UNSUPPORTED"),
        Map.entry(
            new Bad(
                "another character set",
                "POST",
                "/v1/lookups",
                JSON + ";charset=Shift_JIS",
                LOOK_UP.replace("100", "記号"),
                Charset.forName("Shift_JIS")),
            "MEDIA_TYPE_UNSUPPORTED"),
        Map.entry(
            new Bad(
                "another character set that is not named",
                "POST",
                "/v1/lookups",
                JSON,
                LOOK_UP.replace("100", "記号"),
                Charset.forName("Shift_JIS")),
            "BAD_REQUEST"),
        Map.entry(new Bad("another method", "DELETE", "/v1/lookups", JSON), "METHOD_NOT_ALLOWED"),
        Map.entry(new Bad("nowhere", "POST", "/v1/gossip", JSON), "NOT_FOUND"),
        Map.entry(new Bad("no id", "GET", "/v1/checks/%20", JSON), "NOT_FOUND"));
  }

  @BeforeEach
  void listen() {
    Logger.getLogger("").addHandler(listener);
  }

  @AfterEach
  void stopListening() {
    Logger.getLogger("").removeHandler(listener);
  }

  @Test
  void itIsNamedLoggedOnceAndLeavesNoTrace() throws SQLException {
    Counter receipt = new Counter(world, gateway, "receipt-7", "RECEIPT", GatewayWorld.CLINIC);
    Management.await("whatever was written before is sealed", this::isSealed);
    Map<String, Long> before = Owner.rows(world);
    cases()
        .forEach(each -> {
          Bad bad = each.getKey();
          logged.clear();

          Reply reply =
              receipt.send(
                  bad.method(), bad.path(), Map.of("Content-Type", bad.type()), bad.body());

          assertThat(reply.reason()).as(bad.what() + reply.body()).isEqualTo(each.getValue());
          assertThat(reply.type()).as(bad.what()).startsWith("application/problem+json");
          assertThat(reply.body().path("status").asInt()).isEqualTo(reply.status());
          assertThat(reply.body().path("nextStep").path("ja").asText()).isNotBlank();
          assertThat(logged)
              .as(bad.what())
              .containsExactly(
                  "event=refused reason=%s status=%d".formatted(reply.reason(), reply.status()));
        });
    assertThat(Owner.rows(world)).isEqualTo(before);
  }

  /** One line in the log; in the store one entry that says who sent it, and nothing of it. */
  @Test
  void aProofThatIsLateOrForeignOrOfAnotherTimeIsNamedLoggedOnceAndLeavesItsEntryAlone()
      throws SQLException {
    Town town = new Town(world, gateway);
    Counter kiosk = town.counter("kiosk-7", "READER", GatewayWorld.CLINIC);
    Counter other = town.counter("kiosk-8", "READER", GatewayWorld.OTHER_CLINIC);
    Counter.Card card = town.card(town.insured());
    JsonNode old = kiosk.challenge();
    ObjectNode forged = kiosk.proof(card, kiosk.challenge(), world.worldNow());
    forged.put("challenge", Base64.getUrlEncoder().encodeToString(new byte[120]));
    ObjectNode slow =
        kiosk.proof(card, kiosk.challenge(), world.worldNow().minus(Duration.ofMinutes(20)));
    ObjectNode fast =
        kiosk.proof(card, kiosk.challenge(), world.worldNow().plus(Duration.ofMinutes(20)));
    ObjectNode foreign = kiosk.proof(card, other.challenge(), world.worldNow());

    refusedAlone(kiosk, forged, "CHALLENGE_UNREADABLE");
    refusedAlone(kiosk, slow, "TERMINAL_CLOCK_OFF");
    refusedAlone(kiosk, fast, "TERMINAL_CLOCK_OFF");
    refusedAlone(kiosk, foreign, "SIGNATURE_INVALID");
    town.moveClock(Duration.ofSeconds(130));
    try {
      refusedAlone(kiosk, kiosk.proof(card, old, world.worldNow()), "CHALLENGE_EXPIRED");
    } finally {
      town.moveClock(Duration.ZERO);
    }
  }

  private void refusedAlone(Counter kiosk, ObjectNode proof, String reason) throws SQLException {
    Map<String, Long> before = withoutAudit();
    int entries = refusals(reason);
    logged.clear();

    Reply reply = kiosk.post("/v1/checks", proof);

    assertThat(reply.reason()).as(reply.body().toString()).isEqualTo(reason);
    assertThat(logged)
        .filteredOn(line -> line.startsWith("event=refused"))
        .containsExactly("event=refused reason=%s status=%d".formatted(reason, reply.status()));
    assertThat(withoutAudit()).as(reason).isEqualTo(before);
    assertThat(refusals(reason)).isEqualTo(entries + 1);
  }

  private Map<String, Long> withoutAudit() throws SQLException {
    Map<String, Long> rows = Owner.rows(world);
    rows.keySet().removeIf(table -> table.startsWith("audit_"));
    return rows;
  }

  private int refusals(String reason) throws SQLException {
    return Owner.texts(
            world,
            "select outcome from audit_entry where kind = 'PROOF_REFUSED' and outcome = ?",
            reason)
        .size();
  }

  /** The same batch once more is what was taken in before, whatever its lines say now. */
  @Test
  void aFeedThatIsSentTwiceIsTakenInOnce() throws SQLException {
    Counter insurer = new Counter(world, gateway, "insurer-7", "INSURER", GatewayWorld.INSURER);
    String path = "/v1/intake/qualifications?batch=twice-" + UUID.randomUUID();
    String line =
        """
        {"type":"qualification","line":"1","personCode":"P-%s","name":"試験　花子",\
        "birthDate":"1978-04-12","sex":"FEMALE","kind":"MEDICAL_INSURANCE","insurerNumber":"%s",\
        "insurerName":"試験健康保険","symbol":"7","number":"%d","branchNumber":"00",\
        "relationship":"PERSON","contributionRatio":30,"validFrom":"2024-04-01"}\
        """
            .formatted(UUID.randomUUID(), GatewayWorld.INSURER, System.nanoTime() % 100_000_000);
    assertThat(insurer.post(path, "application/x-ndjson", line).body().path("accepted").asInt())
        .isEqualTo(1);
    Map<String, Long> before = withoutAudit();

    Reply again = insurer.post(path, "application/x-ndjson", line);

    assertThat(again.status()).isEqualTo(200);
    assertThat(again.body().path("accepted").asInt()).isZero();
    assertThat(again.body().path("duplicates").asInt()).isEqualTo(1);
    assertThat(withoutAudit()).isEqualTo(before);
  }

  /** Sent piece by piece, nothing says beforehand how long it will be. */
  @Test
  void aDocumentThatDoesNotSayHowLongItIsHasTheSameBound() throws Exception {
    Counter receipt = new Counter(world, gateway, "receipt-7", "RECEIPT", GatewayWorld.CLINIC);
    byte[] blanks = " ".repeat(2_000_000).getBytes(StandardCharsets.US_ASCII);

    var response =
        receipt
            .http()
            .send(
                receipt
                    .request("/v1/lookups")
                    .timeout(Duration.ofSeconds(20))
                    .header("Content-Type", JSON)
                    .POST(
                        HttpRequest.BodyPublishers.ofInputStream(
                            () -> new ByteArrayInputStream(blanks)))
                    .build(),
                HttpResponse.BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(response.body()).contains("BODY_TOO_LARGE");
  }

  @Test
  void headersThatAreTooLongAreRefusedUnread() throws IOException {
    Counter receipt = new Counter(world, gateway, "receipt-7", "RECEIPT", GatewayWorld.CLINIC);
    try (Socket socket =
        receipt.tls().getSocketFactory().createSocket("localhost", gateway.getPort())) {
      socket
          .getOutputStream()
          .write(
              "GET /openapi HTTP/1.1\r\nHost: localhost\r\nX-Long: %s\r\n\r\n"
                  .formatted("x".repeat(20_000))
                  .getBytes(StandardCharsets.US_ASCII));

      assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
          .isEqualTo("HTTP/1.1 431");
    }
  }

  /** Nothing waits for its seal, and the head is witnessed: the node itself writes no more. */
  private boolean isSealed() {
    String unsealed =
        """
        select number from audit_entry a
        where not exists (
            select from audit_seal s
            where s.node = a.node and s.epoch = a.epoch and s.last >= a.number)
          or (a.epoch = (select max(epoch) from audit_epoch)
            and a.number = (select max(number) from audit_entry e where e.epoch = a.epoch)
            and not exists (
              select from audit_witness w
              where w.node = a.node and w.epoch = a.epoch and w.number = a.number))
        """;
    try {
      return Owner.texts(world, unsealed).isEmpty();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** Hears what the product says, not the framework. */
  private final class Listener extends Handler {
    @Override
    public void publish(LogRecord record) {
      if (String.valueOf(record.getLoggerName()).startsWith("jp.kazashi")) {
        logged.add(new PatternFormatter("%s").format(record));
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
