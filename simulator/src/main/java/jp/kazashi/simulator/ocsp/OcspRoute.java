package jp.kazashi.simulator.ocsp;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import jp.kazashi.simulator.pki.SimulatedJpki;
import jp.kazashi.simulator.wire.Behaviour;
import jp.kazashi.simulator.wire.Manners;
import jp.kazashi.simulator.wire.Wire;

/** The responder over HTTP, by POST and by GET (RFC 6960 appendix A.1), with its manners. */
public final class OcspRoute {
  public static final String PATH = "/ocsp";
  private static final int LARGEST_QUESTION = 16 * 1024;
  private static final String REQUEST = "application/ocsp-request";
  private static final int BAD_REQUEST = 400;
  private static final int UNSUPPORTED = 415;

  private final Vertx vertx;
  private final OcspResponder responder;
  private final OcspLiar liar;
  private final Manners<OcspLie> manners;
  private final Wire wire;
  private final InstantSource clock;

  public OcspRoute(
      Vertx vertx,
      SimulatedJpki jpki,
      Manners<OcspLie> manners,
      InstantSource clock,
      SecureRandom random) {
    this.vertx = vertx;
    this.responder = new OcspResponder(jpki);
    this.liar = new OcspLiar(responder, jpki, random);
    this.manners = manners;
    this.wire = new Wire(vertx);
    this.clock = clock;
  }

  public void mount(Router router) {
    router
        .post(PATH)
        .handler(BodyHandler.create(false).setBodyLimit(LARGEST_QUESTION))
        .handler(this::post);
    router.get(PATH + "/*").handler(this::get);
  }

  /** Signs every answer anew from now on. */
  public void forget() {
    responder.forget();
  }

  private void post(RoutingContext request) {
    if (!REQUEST.equalsIgnoreCase(request.request().getHeader("Content-Type"))) {
      request.response().setStatusCode(UNSUPPORTED).end();
      return;
    }
    Buffer body = request.body().buffer();
    answer(request, body == null ? new byte[0] : body.getBytes());
  }

  // The rest of the path is the question: Base64 has slashes, and plus signs for themselves.
  private void get(RoutingContext request) {
    String question = request.request().path().substring(PATH.length() + 1).replace("+", "%2B");
    try {
      answer(
          request,
          Base64.getDecoder().decode(URLDecoder.decode(question, StandardCharsets.US_ASCII)));
    } catch (IllegalArgumentException notBase64) {
      request.response().setStatusCode(BAD_REQUEST).end();
    }
  }

  private void answer(RoutingContext request, byte[] question) {
    Behaviour<OcspLie> behaviour = manners.next();
    Instant now = clock.instant();
    Optional<byte[]> ready =
        behaviour.lie().isPresent() ? Optional.empty() : responder.ready(question, now);
    if (ready.isPresent()) {
      send(request, ready.get(), behaviour);
      return;
    }
    // Signing takes about a millisecond: not on the event loop.
    vertx
        .executeBlocking(
            () ->
                behaviour
                    .lie()
                    .map(lie -> liar.respond(question, now, lie))
                    .orElseGet(() -> responder.respond(question, now)),
            false)
        .onSuccess(body -> send(request, body, behaviour))
        .onFailure(request::fail);
  }

  private void send(RoutingContext request, byte[] body, Behaviour<OcspLie> behaviour) {
    request
        .response()
        .putHeader("Content-Type", "application/ocsp-response")
        .putHeader("Cache-Control", "no-store");
    wire.send(request.response(), body, behaviour.delivery());
  }
}
