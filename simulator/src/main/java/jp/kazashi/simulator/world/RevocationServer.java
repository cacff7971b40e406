package jp.kazashi.simulator.world;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** OCSP over HTTP (RFC 6960 appendix A): what it answers is the responder's business. */
final class RevocationServer {
  private static final int LONGEST_REQUEST = 16 * 1024;

  /** Answers one request in DER with one response in DER. */
  interface Responder {
    byte[] respond(byte[] request);
  }

  private final Vertx vertx;
  private final Responder responder;

  RevocationServer(Vertx vertx, Responder responder) {
    this.vertx = vertx;
    this.responder = responder;
  }

  /** Port 0 takes a free one. */
  Future<HttpServer> listen(int port) {
    Router router = Router.router(vertx);
    router
        .post(Ports.OCSP)
        .handler(BodyHandler.create(false).setBodyLimit(LONGEST_REQUEST))
        .handler(context -> answer(context, bytes(context.body().buffer())));
    router.get(Ports.OCSP + "/*").handler(this::answerPath);
    return vertx
        .createHttpServer(
            new HttpServerOptions()
                .setHost("127.0.0.1")
                .setPort(port)
                .setHttp2ClearTextEnabled(false))
        .requestHandler(router)
        .listen();
  }

  /** GET {url-encoding of base-64 encoding of the DER}. */
  private void answerPath(RoutingContext context) {
    String path = context.request().path().substring(Ports.OCSP.length() + 1);
    try {
      answer(context, Base64.getDecoder().decode(URLDecoder.decode(path, StandardCharsets.UTF_8)));
    } catch (IllegalArgumentException noBase64) {
      context.response().setStatusCode(400).end();
    }
  }

  /** Signing takes a millisecond: not on the event loop. */
  private void answer(RoutingContext context, byte[] request) {
    vertx
        .executeBlocking(() -> responder.respond(request), false)
        .onSuccess(response ->
            context
                .response()
                .putHeader("Content-Type", "application/ocsp-response")
                .end(Buffer.buffer(response)))
        .onFailure(fault -> {
          SimulatorLog.event("fault", Map.of("error", String.valueOf(fault)));
          context.response().setStatusCode(500).end();
        });
  }

  private static byte[] bytes(@Nullable Buffer body) {
    return body == null ? new byte[0] : body.getBytes();
  }
}
