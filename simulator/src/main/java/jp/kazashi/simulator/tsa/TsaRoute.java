package jp.kazashi.simulator.tsa;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Instant;
import java.time.InstantSource;
import jp.kazashi.simulator.wire.Behaviour;
import jp.kazashi.simulator.wire.Manners;
import jp.kazashi.simulator.wire.Wire;

/** Time stamps over HTTP (RFC 3161 §3.4), with their manners. */
public final class TsaRoute {
  private static final int LARGEST_QUESTION = 16 * 1024;
  private static final String REQUEST = "application/timestamp-query";
  private static final int UNSUPPORTED = 415;

  private final Vertx vertx;
  private final TimeStamper stamper;
  private final Manners<TsaLie> manners;
  private final Wire wire;
  private final InstantSource clock;

  public TsaRoute(Vertx vertx, TimeStamper stamper, Manners<TsaLie> manners, InstantSource clock) {
    this.vertx = vertx;
    this.stamper = stamper;
    this.manners = manners;
    this.wire = new Wire(vertx);
    this.clock = clock;
  }

  public void mount(Router router) {
    router
        .post("/tsa")
        .handler(BodyHandler.create(false).setBodyLimit(LARGEST_QUESTION))
        .handler(this::post);
  }

  private void post(RoutingContext request) {
    if (!REQUEST.equalsIgnoreCase(request.request().getHeader("Content-Type"))) {
      request.response().setStatusCode(UNSUPPORTED).end();
      return;
    }
    Buffer body = request.body().buffer();
    byte[] question = body == null ? new byte[0] : body.getBytes();
    Behaviour<TsaLie> behaviour = manners.next();
    Instant now = clock.instant();
    vertx
        .executeBlocking(
            () ->
                behaviour
                    .lie()
                    .map(lie -> stamper.respond(question, now, lie))
                    .orElseGet(() -> stamper.respond(question, now)),
            false)
        .onSuccess(answer -> {
          request.response().putHeader("Content-Type", "application/timestamp-reply");
          wire.send(request.response(), answer, behaviour.delivery());
        })
        .onFailure(request::fail);
  }
}
