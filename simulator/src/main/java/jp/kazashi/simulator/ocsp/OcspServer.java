package jp.kazashi.simulator.ocsp;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;

/** The responder over HTTP, by POST and by GET (RFC 6960 appendix A.1), on this machine only. */
public final class OcspServer {
  private static final int LARGEST_QUESTION = 16 * 1024;
  private static final String REQUEST = "application/ocsp-request";
  private static final int BAD_REQUEST = 400;
  private static final int UNSUPPORTED = 415;

  private final Vertx vertx;
  private final OcspResponder responder;
  private final InstantSource clock;

  public OcspServer(Vertx vertx, OcspResponder responder, InstantSource clock) {
    this.vertx = vertx;
    this.responder = responder;
    this.clock = clock;
  }

  public Future<HttpServer> listen(int port) {
    Router router = Router.router(vertx);
    router
        .post("/*")
        .handler(BodyHandler.create(false).setBodyLimit(LARGEST_QUESTION))
        .handler(this::post);
    router.get("/*").handler(this::get);
    return vertx.createHttpServer().requestHandler(router).listen(port, "127.0.0.1");
  }

  private void post(RoutingContext request) {
    if (!REQUEST.equalsIgnoreCase(request.request().getHeader("Content-Type"))) {
      request.response().setStatusCode(UNSUPPORTED).end();
      return;
    }
    Buffer body = request.body().buffer();
    answer(request, body == null ? new byte[0] : body.getBytes());
  }

  // The whole path is the question: Base64 has slashes, and plus signs that stand for themselves.
  private void get(RoutingContext request) {
    String question = request.request().path().substring(1).replace("+", "%2B");
    try {
      answer(
          request,
          Base64.getDecoder().decode(URLDecoder.decode(question, StandardCharsets.US_ASCII)));
    } catch (IllegalArgumentException notBase64) {
      request.response().setStatusCode(BAD_REQUEST).end();
    }
  }

  /** Signing takes about a millisecond: not on the event loop. */
  private void answer(RoutingContext request, byte[] question) {
    vertx
        .executeBlocking(() -> responder.respond(question, clock.instant()), false)
        .onSuccess(body ->
            request
                .response()
                .putHeader("Content-Type", "application/ocsp-response")
                .putHeader("Cache-Control", "no-store")
                .end(Buffer.buffer(body)))
        .onFailure(request::fail);
  }
}
