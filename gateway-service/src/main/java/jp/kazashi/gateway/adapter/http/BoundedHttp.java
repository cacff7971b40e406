package jp.kazashi.gateway.adapter.http;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One exchange over HTTP that neither lasts nor grows beyond its bounds: whoever answers may be
 * anybody. No redirect is followed, nothing is unpacked.
 */
public final class BoundedHttp {
  private static final int CONNECTIONS = 64;

  /** A connection that was kept may have been closed at its other end just then. */
  private static final int ANEW = 1;

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
  public record Bounds(int mostOctets, Duration budget) {}

  /** What came back, whole. */
  public record Reply(int status, MultiMap headers, Buffer body) {}

  /** More came than may. */
  public static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1L;

    TooLarge() {
      super("more than may come");
    }
  }

  public Uni<Reply> get(URI address, Map<String, String> headers, Bounds bounds) {
    return send(HttpMethod.GET, address, headers, Buffer.buffer(), bounds);
  }

  public Uni<Reply> post(URI address, String type, byte[] body, Bounds bounds) {
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
          emitter.onTermination(exchange::cancel);
          exchange.begin(options, body, ANEW);
        });
  }

  /** One exchange on its way: what comes first, an end or a bound, ends it. */
  private final class Exchange {
    private final UniEmitter<? super Reply> emitter;
    private final Bounds bounds;
    // An answer comes on its connection's event loop; who asked goes on where it asked.
    private final Context asker = vertx.getOrCreateContext();
    private final long timer;
    private @Nullable HttpClientRequest underWay;
    private boolean over;

    Exchange(UniEmitter<? super Reply> emitter, Bounds bounds) {
      this.emitter = emitter;
      this.bounds = bounds;
      this.timer =
          vertx.setTimer(
              Math.max(1, bounds.budget().toMillis()), ignored -> fail(new TimeoutException()));
    }

    /** Tried anew where its connection was closed: questions change nothing, once more neither. */
    void begin(RequestOptions options, Buffer body, int anew) {
      AtomicBoolean told = new AtomicBoolean();
      Handler<Throwable> failed =
          cause -> {
            if (!told.compareAndSet(false, true)) {
              return;
            }
            if (anew > 0 && cause instanceof HttpClosedException) {
              begin(options, body, anew - 1);
            } else {
              fail(cause);
            }
          };
      http.request(options)
          .onFailure(failed)
          .onSuccess(request -> {
            if (goesOn(request)) {
              request
                  .exceptionHandler(failed)
                  .send(body)
                  .onFailure(failed)
                  .onSuccess(response -> {
                    told.set(true);
                    collect(response);
                  });
            }
          });
    }

    /** Whether somebody still waits for it; else the connection is given back. */
    private synchronized boolean goesOn(HttpClientRequest request) {
      if (over) {
        request.reset();
      } else {
        underWay = request;
      }
      return !over;
    }

    private void collect(HttpClientResponse response) {
      Buffer collected = Buffer.buffer();
      response
          .handler(piece -> {
            if (collected.length() + piece.length() > bounds.mostOctets()) {
              fail(new TooLarge());
            } else {
              collected.appendBuffer(piece);
            }
          })
          .exceptionHandler(this::fail)
          .endHandler(
              ended -> succeed(new Reply(response.statusCode(), response.headers(), collected)));
    }

    /** A connection whose exchange came to its end is kept: only what did not is reset. */
    private void succeed(Reply reply) {
      if (end(false)) {
        asker.runOnContext(there -> emitter.complete(reply));
      }
    }

    private void fail(Throwable cause) {
      if (end(true)) {
        asker.runOnContext(there -> emitter.fail(cause));
      }
    }

    void cancel() {
      end(true);
    }

    private synchronized boolean end(boolean reset) {
      if (over) {
        return false;
      }
      over = true;
      vertx.cancelTimer(timer);
      if (reset && underWay != null) {
        underWay.reset();
      }
      return true;
    }
  }
}
