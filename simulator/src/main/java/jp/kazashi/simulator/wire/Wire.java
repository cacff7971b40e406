package jp.kazashi.simulator.wire;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;

/** Sends answers as they are to be delivered. */
public final class Wire {
  private static final int CHUNK = 64 * 1024;

  private final Vertx vertx;

  public Wire(Vertx vertx) {
    this.vertx = vertx;
  }

  /** The headers are set; the response is ended here, one way or another. */
  public void send(HttpServerResponse response, byte[] body, Delivery delivery) {
    switch (delivery) {
      case Delivery.Prompt() -> response.end(Buffer.buffer(body));
      case Delivery.Delayed(Duration by) ->
          vertx.setTimer(
              Math.max(1, by.toMillis()), _ -> ifOpen(response, () -> end(response, body)));
      case Delivery.Dropped() -> response.reset();
      case Delivery.Trickled(Duration pause) -> {
        announce(response, body);
        trickle(response, body, 0, pause);
      }
      case Delivery.HttpError(int status) -> response.setStatusCode(status).end();
      case Delivery.CutShort() -> {
        announce(response, body);
        response
            .write(Buffer.buffer(body).slice(0, body.length / 2))
            .onComplete(_ -> response.reset());
      }
      case Delivery.Bloated(long octets) -> {
        response.setChunked(true);
        response.write(Buffer.buffer(body));
        bloat(response, octets - body.length);
      }
    }
  }

  private static void end(HttpServerResponse response, byte[] body) {
    response.end(Buffer.buffer(body));
  }

  private static void announce(HttpServerResponse response, byte[] body) {
    response.putHeader("Content-Length", Integer.toString(body.length));
  }

  private void trickle(HttpServerResponse response, byte[] body, int sent, Duration pause) {
    if (sent == body.length) {
      response.end();
      return;
    }
    response.write(Buffer.buffer().appendByte(body[sent]));
    vertx.setTimer(
        Math.max(1, pause.toMillis()),
        _ -> ifOpen(response, () -> trickle(response, body, sent + 1, pause)));
  }

  private static void bloat(HttpServerResponse response, long left) {
    long missing = left;
    while (missing > 0 && !response.closed()) {
      if (response.writeQueueFull()) {
        long rest = missing;
        response.drainHandler(_ -> bloat(response, rest));
        return;
      }
      int size = (int) Math.min(CHUNK, missing);
      response.write(Buffer.buffer(new byte[size]));
      missing -= size;
    }
    ifOpen(response, response::end);
  }

  /** Whoever asked may have gone by now. */
  private static void ifOpen(HttpServerResponse response, Runnable next) {
    if (!response.closed() && !response.ended()) {
      next.run();
    }
  }
}
