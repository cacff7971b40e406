package jp.kazashi.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import jp.kazashi.gateway.Counter.Reply;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** A database that does not come to an end with what it was given. Nothing is told as written. */
@QuarkusTest
@TestProfile(SealTest.ShortOfPatience.class)
@QuarkusTestResource(value = GatewayWorld.class, restrictToAnnotatedClass = false)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@SuppressWarnings("NullAway.Init") // Quarkus and the set-up set the fields
class StoreTroubleTest {
  @TestHTTPResource(value = "/", tls = true)
  URI gateway;

  GatewayWorld world;

  private Town town;
  private Counter receipt;
  private ObjectNode keys;

  @BeforeEach
  void open() {
    town = new Town(world, gateway);
    receipt = town.counter("receipt-1", "RECEIPT", GatewayWorld.CLINIC);
    keys = town.keys(town.insured());
  }

  /** While it is open, whatever writes an entry of the audit waits: for its row, or its commit. */
  private final class Jam implements AutoCloseable {
    private final Connection holder;

    Jam(String trigger, String timing) throws SQLException {
      Owner.run(
          world,
          "create function jam() returns trigger language plpgsql as"
              + " $$ begin perform pg_advisory_xact_lock(4711); return new; end $$");
      Owner.run(
          world, "create %s jam %s for each row execute function jam()".formatted(trigger, timing));
      holder = Owner.connect(world);
      holder.setAutoCommit(false);
      holder.createStatement().execute("select pg_advisory_xact_lock(4711)");
    }

    void loosen() throws SQLException {
      holder.rollback();
    }

    @Override
    public void close() throws SQLException {
      holder.close();
      Owner.run(world, "drop function jam() cascade");
    }
  }

  @Test
  @Order(1)
  void whatIsNotWrittenInItsTimeIsNotAnswered() throws SQLException {
    try (Jam jam = new Jam("trigger", "before insert on audit_entry")) {
      Reply late = receipt.post("/v1/lookups", keys);

      assertThat(late.status()).as(late.body().toString()).isEqualTo(503);
      assertThat(late.reason()).isEqualTo("STORE_UNAVAILABLE");
      assertThat(late.headers().firstValue("Retry-After")).isPresent();
      jam.loosen();
    }
    assertThat(receipt.post("/v1/lookups", keys).status()).isEqualTo(200);
  }

  @Test
  @Order(2)
  void moreThanMayWaitIsSentAwayAtOnce() throws SQLException {
    try (Jam jam = new Jam("trigger", "before insert on audit_entry")) {
      List<CompletableFuture<Reply>> many =
          Stream.generate(() ->
                  CompletableFuture.supplyAsync(
                      () -> receipt.post("/v1/lookups", keys), Thread::startVirtualThread))
              .limit(SealTest.ShortOfPatience.WAITING * 3L)
              .toList();

      List<String> reasons = many.stream().map(each -> each.join().reason()).toList();
      jam.loosen();

      assertThat(reasons).contains("STORE_BUSY");
      assertThat(reasons).containsOnly("STORE_BUSY", "STORE_UNAVAILABLE");
    }
    assertThat(receipt.post("/v1/lookups", keys).status()).isEqualTo(200);
  }

  @Test
  @Order(3)
  void whetherACommitThatNeverCameBackWasOneIsNotKnown() throws SQLException {
    try (Jam jam =
        new Jam(
            "constraint trigger", "after insert on audit_entry deferrable initially deferred")) {
      Reply unknown = receipt.post("/v1/lookups", keys);

      assertThat(unknown.status()).as(unknown.body().toString()).isEqualTo(503);
      assertThat(unknown.reason()).isEqualTo("COMMIT_UNKNOWN");
      jam.loosen();
    }
    Management.await("again", () -> receipt.post("/v1/lookups", keys).status() == 200);
  }

  /** Nothing is answered by this node after it: it is the last. */
  @Test
  @Order(4)
  void aNodeWhoseNameAnotherStartTookOverAnswersNothingMore() throws SQLException {
    Owner.run(
        world,
        """
        insert into audit_epoch (node, epoch, opened_at, closed_number, closed_hash)
        select node, epoch + 1, opened_at, 1, decode(repeat('00', 32), 'hex')
        from audit_epoch order by epoch desc limit 1
        """);

    Management.await(
        "noticed", () -> receipt.post("/v1/lookups", keys).reason().equals("NODE_REPLACED"));
  }
}
