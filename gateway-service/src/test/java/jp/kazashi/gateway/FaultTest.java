package jp.kazashi.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import jp.kazashi.gateway.Counter.Card;
import jp.kazashi.gateway.Counter.Reply;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A mistake of our own, provoked: a statement that the database does not take. */
@QuarkusTest
@QuarkusTestResource(value = GatewayWorld.class, restrictToAnnotatedClass = false)
@SuppressWarnings("NullAway.Init") // Quarkus and the set-up set the fields
class FaultTest {
  private static final String SECRET = "試験　太郎子";

  @TestHTTPResource(value = "/", tls = true)
  URI gateway;

  GatewayWorld world;

  private final List<String> logged = new CopyOnWriteArrayList<>();
  private final Handler listener = new Listener();

  @BeforeEach
  void listen() throws SQLException {
    Logger.getLogger("").addHandler(listener);
    Owner.run(
        world,
        "create function broken() returns trigger language plpgsql as $$ begin raise exception '"
            + SECRET
            + "'; end $$");
    Owner.run(
        world,
        "create trigger broken before insert on eligibility_check"
            + " for each row execute function broken()");
  }

  @AfterEach
  void stopListening() throws SQLException {
    Owner.run(world, "drop function broken() cascade");
    Logger.getLogger("").removeHandler(listener);
  }

  @Test
  void itIsLoggedOnceWithItsTraceAndNumberAndWithoutAnyWordOfAPerson() {
    Counter kiosk = new Counter(world, gateway, "kiosk-1", "READER", GatewayWorld.CLINIC);

    Reply reply = kiosk.visit(Card.issue(world, LocalDate.of(2035, 1, 1)), world.worldNow());

    assertThat(reply.status()).as(reply.body().toString()).isEqualTo(500);
    assertThat(reply.reason()).isEqualTo("FAULT");
    String detail = reply.body().path("detail").asText();
    assertThat(detail).matches("fault [0-9a-f]{32}");
    assertThat(logged.stream().filter(line -> line.contains("event=fault")))
        .singleElement()
        .satisfies(line ->
            assertThat(line)
                .contains("number=" + detail.substring("fault ".length()), "\tat org.hibernate."));
    assertThat(logged).noneMatch(line -> line.contains(SECRET));
    assertThat(reply.body().toString()).doesNotContain(SECRET);
  }

  /** Hears everybody, the framework too. */
  private final class Listener extends Handler {
    @Override
    public void publish(LogRecord record) {
      StringWriter trace = new StringWriter();
      if (record.getThrown() != null) {
        record.getThrown().printStackTrace(new PrintWriter(trace, true));
      }
      logged.add(new PatternFormatter("%s").format(record) + "\n" + trace);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
