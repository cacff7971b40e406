package jp.kazashi.reader.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import jp.kazashi.reader.desk.StaffLogin;
import jp.kazashi.reader.link.LocalReasons;
import jp.kazashi.reader.link.WireJson;
import jp.kazashi.reader.visit.Patient;
import jp.kazashi.reader.visit.VisitFlow;

/**
 * What a simulated world asks of the reader: to move its clock, and to carry out a visit with a
 * patient who follows a script. Mounted nowhere else.
 */
public final class WorldRoutes {

  private static final int LARGEST_BODY = 4096;
  private static final int VISITS_AT_ONCE = 256;
  // Beyond any calendar a test could want; keeps the arithmetic of instants in its range.
  private static final Duration FARTHEST = Duration.ofDays(365L * 200);

  private final Vertx vertx;
  private final WorldClock clock;
  private final String token;
  private final HeadlessVisits visits;
  private final VisitJson visitJson;
  private final ObjectMapper json = WireJson.mapper();
  private final Semaphore room = new Semaphore(VISITS_AT_ONCE);

  public WorldRoutes(
      Vertx vertx,
      WorldClock clock,
      String token,
      HeadlessVisits visits,
      LocalReasons reasons,
      Faces faces) {
    this.vertx = vertx;
    this.clock = clock;
    this.token = token;
    this.visits = visits;
    this.visitJson = new VisitJson(reasons, faces);
  }

  /**
   * Carries out a visit on a reader of that name; a member of staff who is named confirms the
   * holder by sight where the patient chooses that.
   */
  public interface HeadlessVisits {
    VisitFlow.Ended carryOut(String reader, Patient patient, Optional<StaffLogin> staff);
  }

  /** The routes, to be reached before the kiosk's pages. */
  public Router router() {
    Router router = Router.router(vertx);
    router.route().handler(this::admit);
    router.route().handler(BodyHandler.create(false).setBodyLimit(LARGEST_BODY));
    router.put("/clock").handler(this::moveClock);
    router.post("/visits").handler(this::visit);
    return router;
  }

  private void admit(RoutingContext call) {
    String given = call.request().getHeader("Authorization");
    byte[] expected = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
    if (given != null && MessageDigest.isEqual(expected, given.getBytes(StandardCharsets.UTF_8))) {
      call.next();
    } else {
      refuse(call, 401, "The control token of this world is needed.");
    }
  }

  private void moveClock(RoutingContext call) {
    try {
      JsonNode millis = json.readTree(bytes(call)).path("offsetMillis");
      Duration offset = Duration.ofMillis(millis.asLong());
      if (!millis.isIntegralNumber()
          || !millis.canConvertToLong()
          || offset.abs().compareTo(FARTHEST) > 0) {
        refuse(call, 400, "offsetMillis is a whole number within two hundred years.");
      } else {
        clock.move(offset);
        call.response().setStatusCode(204).end();
      }
    } catch (IOException broken) {
      refuse(call, 400, "This is not JSON.");
    }
  }

  private void visit(RoutingContext call) {
    VisitOrder order;
    try {
      order = VisitOrder.read(json, bytes(call));
    } catch (IllegalArgumentException wrong) {
      refuse(call, 400, String.valueOf(wrong.getMessage()));
      return;
    }
    if (!room.tryAcquire()) {
      refuse(call, 503, "Too many visits at once; try again.");
      return;
    }
    Context back = vertx.getOrCreateContext();
    Thread.ofVirtual().name("visit-" + order.reader()).start(() -> carryOut(call, order, back));
  }

  private void carryOut(RoutingContext call, VisitOrder order, Context back) {
    try {
      ObjectNode ended =
          visitJson.of(visits.carryOut(order.reader(), order.patient(), order.staff()));
      back.runOnContext(done -> answer(call, 200, ended));
    } catch (RuntimeException fault) {
      back.runOnContext(
          done -> refuse(call, 500, "The visit broke: " + fault.getClass().getName()));
    } finally {
      room.release();
    }
  }

  private void refuse(RoutingContext call, int status, String why) {
    answer(call, status, json.createObjectNode().put("error", why));
  }

  private static void answer(RoutingContext call, int status, JsonNode body) {
    call.response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json; charset=utf-8")
        .putHeader("Cache-Control", "no-store")
        .end(body.toString());
  }

  private static byte[] bytes(RoutingContext call) {
    Buffer body = call.body().buffer();
    return body == null ? new byte[0] : body.getBytes();
  }
}
