package jp.kazashi.consent.pages;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import jp.kazashi.consent.CameraPreview;
import jp.kazashi.consent.ScreenView;
import jp.kazashi.consent.VisitBoard;
import jp.kazashi.consent.VisitBoard.Shown;
import jp.kazashi.consent.VisitBoard.Subscription;

/**
 * The camera's picture as a stream of frames that an image shows by itself. It runs while faces are
 * compared and ends with that screen; a browser that is behind misses frames.
 */
final class PreviewStream {

  private static final String BOUNDARY = "kazashi-frame";
  private static final int QUEUE_BYTES = 1 << 18;

  private final VisitBoard board;
  private final Optional<CameraPreview> camera;

  PreviewStream(VisitBoard board, Optional<CameraPreview> camera) {
    this.board = board;
    this.camera = camera;
  }

  void serve(Vertx vertx, RoutingContext visit) {
    if (camera.isEmpty()) {
      Doorkeeper.turnAway(visit, 404, "There is no camera");
    } else if (!comparing(board.shown())) {
      visit.response().setStatusCode(204).end();
    } else {
      stream(vertx.getOrCreateContext(), visit.response(), camera.get());
    }
  }

  private void stream(Context context, HttpServerResponse response, CameraPreview camera) {
    response
        .setChunked(true)
        .setWriteQueueMaxSize(QUEUE_BYTES)
        .putHeader("Content-Type", "multipart/x-mixed-replace; boundary=" + BOUNDARY);
    Subscription frames =
        camera.watch(jpeg -> {
          Buffer part = part(jpeg);
          context.runOnContext(ignored -> write(response, part));
        });
    Subscription screens =
        board.subscribe(now -> {
          if (!comparing(now)) {
            frames.close();
            context.runOnContext(ignored -> end(response));
          }
        });
    response.closeHandler(ignored -> close(frames, screens));
    response.endHandler(ignored -> close(frames, screens));
    if (!comparing(board.shown())) {
      end(response);
    }
  }

  private static boolean comparing(Shown shown) {
    return shown.view() instanceof ScreenView.Working working
        && working.step() == ScreenView.Working.Step.CHECKING_FACE;
  }

  private static Buffer part(byte[] jpeg) {
    return Buffer.buffer("--" + BOUNDARY + "\r\nContent-Type: image/jpeg\r\nContent-Length: ")
        .appendString(jpeg.length + "\r\n\r\n")
        .appendBytes(jpeg)
        .appendString("\r\n");
  }

  private static void write(HttpServerResponse response, Buffer part) {
    if (!response.ended() && !response.closed() && !response.writeQueueFull()) {
      response.write(part);
    }
  }

  private static void end(HttpServerResponse response) {
    if (!response.ended() && !response.closed()) {
      response.end("--" + BOUNDARY + "--\r\n");
    }
  }

  private static void close(Subscription frames, Subscription screens) {
    frames.close();
    screens.close();
  }
}
