package jp.kazashi.gateway.adapter.ops;

import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import jp.kazashi.gateway.config.GatewaySettings;
import jp.kazashi.gateway.config.WorldClock;
import org.jboss.logging.Logger;

/** Lets the simulator move the clock: in a simulated world, with its token, and nowhere else. */
@ApplicationScoped
public class WorldClockRoute {
  private static final Logger LOG = Logger.getLogger(WorldClockRoute.class);
  private static final int ACKNOWLEDGED = 204;
  private static final int BAD_REQUEST = 400;
  private static final int UNAUTHORIZED = 401;
  private static final int LONGEST_BODY = 1024;

  private final GatewaySettings settings;
  private final WorldClock clock;

  public WorldClockRoute(GatewaySettings settings, WorldClock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  void mount(@Observes ManagementInterface management) {
    if (settings.simulated()) {
      management
          .router()
          .put("/world/clock")
          .handler(BodyHandler.create(false).setBodyLimit(LONGEST_BODY))
          .handler(this::move);
    }
  }

  private void move(RoutingContext request) {
    if (!knowsToken(request)) {
      request.response().setStatusCode(UNAUTHORIZED).end();
      return;
    }
    try {
      Duration offset =
          Duration.ofMillis(new JsonObject(request.body().buffer()).getLong("offsetMillis"));
      clock.moveTo(offset);
      LOG.infof("event=clock-moved offset=%s", offset);
      request.response().setStatusCode(ACKNOWLEDGED).end();
    } catch (DecodeException | ClassCastException | NullPointerException e) {
      request.response().setStatusCode(BAD_REQUEST).end();
    }
  }

  private boolean knowsToken(RoutingContext request) {
    String given = request.request().getHeader("Authorization");
    return given != null
        && settings.controlToken().filter(token -> same("Bearer " + token, given)).isPresent();
  }

  private static boolean same(String expected, String given) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }
}
