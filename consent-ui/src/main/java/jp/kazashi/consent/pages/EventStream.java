package jp.kazashi.consent.pages;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Supplier;
import jp.kazashi.consent.VisitBoard.Subscription;

/**
 * One browser listening to server-sent events. A browser too slow to read is let go; it connects
 * again and gets the present state.
 */
final class EventStream {

  private static final long HEARTBEAT_MILLIS = 15_000;
  private static final int QUEUE_BYTES = 1 << 20;

  private final Context context;
  private final HttpServerResponse response;

  private EventStream(Context context, HttpServerResponse response) {
    this.context = context;
    this.response = response;
  }

  /** Opens the stream and, as long as the browser listens, keeps what the opening subscribed to. */
  static void open(Vertx vertx, RoutingContext visit, Opening opening) {
    HttpServerResponse response = visit.response();
    response.setChunked(true).putHeader("Content-Type", "text/event-stream; charset=utf-8");
    response.setWriteQueueMaxSize(QUEUE_BYTES);
    // The browser waits this long before it connects again.
    response.write("retry: 1000\n\n");
    EventStream stream = new EventStream(vertx.getOrCreateContext(), response);
    Subscription subscription = opening.subscribe(stream);
    long heartbeat =
        vertx.setPeriodic(HEARTBEAT_MILLIS, ignored -> stream.write(": still here\n\n"));
    response.endHandler(ignored -> end(vertx, heartbeat, subscription));
    response.closeHandler(ignored -> end(vertx, heartbeat, subscription));
    response.exceptionHandler(ignored -> end(vertx, heartbeat, subscription));
  }

  /**
   * Sends an event from any thread; events keep the order in which they were sent. What it says is
   * put into words here and not by whoever tells: a page that cannot be made breaks no visit.
   */
  void send(String event, Supplier<String> data) {
    context.runOnContext(ignored -> {
      StringBuilder text = new StringBuilder("event: ").append(event).append('\n');
      String said = data.get();
      // A browser tells nobody of an event without data; an empty list is one with an empty line.
      if (said.isEmpty()) {
        text.append("data:\n");
      }
      said.lines().forEach(line -> text.append("data: ").append(line).append('\n'));
      write(text.append('\n').toString());
    });
  }

  private void write(String text) {
    if (response.closed() || response.ended()) {
      return;
    }
    if (response.writeQueueFull()) {
      response.reset();
    } else {
      response.write(text);
    }
  }

  private static void end(Vertx vertx, long heartbeat, Subscription subscription) {
    vertx.cancelTimer(heartbeat);
    subscription.close();
  }

  /** What a newly opened stream sends first and then listens to. */
  interface Opening {
    Subscription subscribe(EventStream stream);
  }
}
