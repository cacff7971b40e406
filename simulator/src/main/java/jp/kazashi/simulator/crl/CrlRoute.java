package jp.kazashi.simulator.crl;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import jp.kazashi.simulator.crl.CrlPublisher.Kind;
import jp.kazashi.simulator.crl.CrlPublisher.Published;
import jp.kazashi.simulator.pki.Issuer;
import jp.kazashi.simulator.pki.SimulatedJpki;
import jp.kazashi.simulator.wire.Behaviour;
import jp.kazashi.simulator.wire.Manners;
import jp.kazashi.simulator.wire.Wire;

/** The lists over HTTP (RFC 5280 §4.2.1.13), with their manners. */
public final class CrlRoute {
  private static final int NOT_FOUND = 404;
  private static final int NOT_MODIFIED = 304;
  private static final String DELTA = "-delta";

  private final Vertx vertx;
  private final CrlPublisher publisher;
  private final CrlLiar liar;
  private final Manners<CrlLie> manners;
  private final Wire wire;
  private final InstantSource clock;

  public CrlRoute(
      Vertx vertx,
      SimulatedJpki jpki,
      CrlPublisher publisher,
      Manners<CrlLie> manners,
      InstantSource clock) {
    this.vertx = vertx;
    this.publisher = publisher;
    this.liar = new CrlLiar(publisher, jpki);
    this.manners = manners;
    this.wire = new Wire(vertx);
    this.clock = clock;
  }

  public void mount(Router router) {
    router.get("/crl/:list").handler(this::get);
  }

  private void get(RoutingContext request) {
    String list = request.pathParam("list");
    String name = list.endsWith(".crl") ? list.substring(0, list.length() - 4) : "";
    Kind kind = name.endsWith(DELTA) ? Kind.DELTA : Kind.FULL;
    Optional<Issuer> issuer =
        Issuer.named(kind == Kind.DELTA ? name.substring(0, name.length() - DELTA.length()) : name);
    if (issuer.isEmpty()) {
      request.response().setStatusCode(NOT_FOUND).end();
      return;
    }
    Behaviour<CrlLie> behaviour = manners.next();
    Instant now = clock.instant();
    vertx
        .executeBlocking(() -> publisher.current(issuer.get(), now), false)
        .onSuccess(lists ->
            lists.ifPresentOrElse(
                known -> answer(request, issuer.get(), kind, known, behaviour, now),
                () -> request.response().setStatusCode(NOT_FOUND).end()))
        .onFailure(request::fail);
  }

  private void answer(
      RoutingContext request,
      Issuer issuer,
      Kind kind,
      Published lists,
      Behaviour<CrlLie> behaviour,
      Instant now) {
    if (behaviour.lie().isPresent()) {
      vertx
          .executeBlocking(() -> liar.publish(issuer, kind, now, behaviour.lie().get()), false)
          .onSuccess(body -> send(request, body, behaviour))
          .onFailure(request::fail);
      return;
    }
    String tag = "\"" + lists.number() + "\"";
    request.response().putHeader("ETag", tag);
    if (tag.equals(request.request().getHeader("If-None-Match"))) {
      request.response().setStatusCode(NOT_MODIFIED);
      wire.send(request.response(), new byte[0], behaviour.delivery());
      return;
    }
    send(request, kind == Kind.DELTA ? lists.delta() : lists.full(), behaviour);
  }

  private void send(RoutingContext request, byte[] body, Behaviour<CrlLie> behaviour) {
    request
        .response()
        .putHeader("Content-Type", "application/pkix-crl")
        .putHeader("Cache-Control", "no-cache");
    wire.send(request.response(), body, behaviour.delivery());
  }
}
