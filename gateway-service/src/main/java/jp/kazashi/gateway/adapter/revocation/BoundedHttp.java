package jp.kazashi.gateway.adapter.revocation;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/**
 * One exchange over HTTP that neither lasts nor grows beyond its bounds: whoever answers may be
 * anybody. No redirect is followed, nothing is unpacked.
 */
public final class BoundedHttp {
  private static final int CONNECTIONS = 64;
  private static final Duration CONNECTING = Duration.ofSeconds(5);

  private final Vertx vertx;
  private final HttpClient http;

  public BoundedHttp(Vertx vertx) {
    this.vertx = vertx;
    this.http =
        vertx
            .httpClientBuilder()
            .with(new HttpClientOptions().setConnectTimeout(Math.toIntExact(CONNECTING.toMillis())))
            .with(new PoolOptions().setHttp1MaxSize(CONNECTIONS))
            .build();
  }

  /** How much may come, and for how long all of it may take. */
  record Bounds(int mostOctets, Duration budget) {}

  /** What came back, whole. */
  record Reply(int status, MultiMap headers, Buffer body) {}

  /** More came than may. */
  static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1L;

    TooLarge() {
      super("more than may come");
    }
  }

  Uni<Reply> get(URI address, Map<String, String> headers, Bounds bounds) {
    return send(HttpMethod.GET, address, headers, Buffer.buffer(), bounds);
  }

  Uni<Reply> post(URI address, String type, byte[] body, Bounds bounds) {
    return send(
        HttpMethod.POST, address, Map.of("Content-Type", type), Buffer.buffer(body), bounds);
  }

  private Uni<Reply> send(
      HttpMethod method, URI address, Map<String, String> headers, Buffer body, Bounds bounds) {
    return Uni.createFrom()
        .emitter(emitter -> {
          var options =
              new RequestOptions()
                  .setMethod(method)
                  .setAbsoluteURI(address.toString())
                  .setFollowRedirects(false);
          headers.forEach(options::addHeader);
          Exchange exchange = new Exchange(emitter, bounds);
          http.request(options)
              .onFailure(exchange::fail)
              .onSuccess(request -> exchange.sent(request, body));
        });
  }

  /** One exchange on its way: what comes first, an end or a bound, ends it. */
  private final class Exchange {
    private final UniEmitter<? super Reply> emitter;
    private final Bounds bounds;
    private final long timer;
    private boolean over;

    Exchange(UniEmitter<? super Reply> emitter, Bounds bounds) {
      this.emitter = emitter;
      this.bounds = bounds;
      this.timer =
          vertx.setTimer(
              Math.max(1, bounds.budget().toMillis()), ignored -> fail(new TimeoutException()));
    }

    void sent(HttpClientRequest request, Buffer body) {
      emitter.onTermination(request::reset);
      if (isOver()) {
        request.reset();
        return;
      }
      request
          .exceptionHandler(this::fail)
          .send(body)
          .onFailure(this::fail)
          .onSuccess(response -> collect(request, response));
    }

    private void collect(HttpClientRequest request, HttpClientResponse response) {
      Buffer collected = Buffer.buffer();
      response
          .handler(piece -> {
            if (collected.length() + piece.length() > bounds.mostOctets()) {
              fail(new TooLarge());
              request.reset();
            } else if (isOver()) {
              request.reset();
            } else {
              collected.appendBuffer(piece);
            }
          })
          .exceptionHandler(this::fail)
          .endHandler(
              ended -> succeed(new Reply(response.statusCode(), response.headers(), collected)));
    }

    private synchronized boolean isOver() {
      return over;
    }

    private synchronized boolean end() {
      boolean first = !over;
      over = true;
      return first;
    }

    private void succeed(Reply reply) {
      if (end()) {
        vertx.cancelTimer(timer);
        emitter.complete(reply);
      }
    }

    void fail(Throwable cause) {
      if (end()) {
        vertx.cancelTimer(timer);
        emitter.fail(cause);
      }
    }
  }
}
