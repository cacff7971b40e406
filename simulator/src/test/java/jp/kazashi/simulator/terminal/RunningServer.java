package jp.kazashi.simulator.terminal;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import javax.smartcardio.TerminalFactory;

/** A terminal server on a port of its own. */
final class RunningServer {

  static final String TOKEN = "token-of-this-test";

  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server;

  RunningServer(VirtualReaders readers, int port) throws Exception {
    TerminalServer terminals = new TerminalServer(readers, TOKEN);
    server =
        vertx
            .createHttpServer()
            .requestHandler(terminals::accept)
            .listen(port, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, SECONDS);
  }

  int port() {
    return server.actualPort();
  }

  TerminalFactory factory() throws NoSuchAlgorithmException {
    return factory(TOKEN);
  }

  TerminalFactory factory(String token) throws NoSuchAlgorithmException {
    return TerminalFactory.getInstance(
        VirtualTerminalProvider.TYPE,
        Map.of("url", "http://127.0.0.1:" + port(), "token", token),
        new VirtualTerminalProvider());
  }

  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, SECONDS);
  }
}
