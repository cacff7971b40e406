package jp.kazashi.simulator.world;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import jp.kazashi.simulator.terminal.TerminalServer;
import jp.kazashi.simulator.terminal.VirtualReaders;

/**
 * The simulator's control: clock, deck, virtual readers. Only for who holds the world's token; Host
 * and Origin are checked against a page elsewhere that lets a browser ask in its name.
 */
final class ControlServer {
  private static final int LONGEST_BODY = 64 * 1024;
  private static final Map<String, String> PAGES =
      Map.of("/", "deck.html", "/deck.css", "deck.css", "/deck.js", "deck.js");

  /** Sends the insurers' feeds; the answer is shown to who asked. */
  interface Feeding {
    Map<String, Object> feed() throws IOException, InterruptedException;
  }

  /** The world file as it is now; missing in a young world. */
  @FunctionalInterface
  interface Told {
    JsonNode read();
  }

  private final Vertx vertx;
  private final String token;
  private final ClockKeeper keeper;
  private final CardRoutes cards;
  private final VirtualReaders readers;
  private final Told told;
  private final Feeding feeding;
  private final List<Consumer<Router>> more = new ArrayList<>();

  ControlServer(
      Vertx vertx,
      String token,
      ClockKeeper keeper,
      CardTable table,
      VirtualReaders readers,
      Told told,
      Feeding feeding) {
    this.vertx = vertx;
    this.token = token;
    this.keeper = keeper;
    this.cards = new CardRoutes(table, readers);
    this.readers = readers;
    this.told = told;
    this.feeding = feeding;
  }

  /** Answers at these addresses too, behind the token; before it listens. */
  ControlServer also(Consumer<Router> routes) {
    more.add(routes);
    return this;
  }

  /** Port 0 takes a free one. */
  Future<HttpServer> listen(int port) {
    HttpServer server =
        vertx.createHttpServer(
            new HttpServerOptions()
                .setHost("127.0.0.1")
                .setPort(port)
                // Only one upgrade is offered here, and a Host header is always there.
                .setHttp2ClearTextEnabled(false));
    return server.requestHandler(router(server)).listen();
  }

  private Router router(HttpServer server) {
    Router router = Router.router(vertx);
    router.route().handler(context -> guardHost(context, server.actualPort()));
    router.get("/health").handler(context -> Replies.answer(context, 200, Map.of("status", "UP")));
    PAGES.forEach((path, file) -> {
      Buffer content = content(file);
      router.get(path).handler(context -> page(context, file, content));
    });
    router.route().handler(this::guardToken);
    TerminalServer terminals = new TerminalServer(readers, token);
    // Before the body is read: an upgraded connection has none.
    router.get("/terminals").handler(context -> terminals.accept(context.request()));
    router.route().handler(BodyHandler.create(false).setBodyLimit(LONGEST_BODY));
    router.get("/world").handler(context -> Replies.apart(context, this::world));
    router.put("/world/clock").handler(this::moveClock);
    cards.addTo(router);
    router.post("/feed").handler(context -> Replies.apart(context, () -> feeding.feed()));
    more.forEach(routes -> routes.accept(router));
    router
        .route()
        .handler(context -> Replies.refuse(context, 404, "There is nothing at this address."));
    router.route().failureHandler(ControlServer::failed);
    return router;
  }

  // ------------------------------------------------------------------ who may ask

  private static void guardHost(RoutingContext context, int port) {
    Set<String> hosts = Set.of("127.0.0.1:" + port, "localhost:" + port);
    String host = context.request().getHeader("Host");
    String origin = context.request().getHeader("Origin");
    if (host == null || !hosts.contains(host)) {
      Replies.refuse(context, 403, "This address is for 127.0.0.1 only.");
    } else if (origin != null
        && hosts.stream().noneMatch(known -> origin.equals("http://" + known))) {
      Replies.refuse(context, 403, "Pages from elsewhere may not ask here.");
    } else {
      context.next();
    }
  }

  private void guardToken(RoutingContext context) {
    String given = context.request().getHeader("Authorization");
    byte[] wanted = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
    if (given == null || !MessageDigest.isEqual(wanted, given.getBytes(StandardCharsets.UTF_8))) {
      Replies.refuse(context, 401, "The control token of world.json is needed.");
    } else {
      context.next();
    }
  }

  // ------------------------------------------------------------------ clock

  /** With what the deck page shows of the world: its screens and the demo accounts. */
  private Map<String, Object> world() {
    WorldClock clock = keeper.clock();
    JsonNode file = told.read();
    return Map.of(
        "instant", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString(),
        "offsetMillis", clock.offsetMillis(),
        "addresses",
            Map.of(
                "kiosk", file.path("addresses").path("kiosk").asText(),
                "desk", file.path("addresses").path("desk").asText()),
        "staff", file.path("staff"));
  }

  private void moveClock(RoutingContext context) {
    Replies.text(context, "set")
        .ifPresent(text ->
            Replies.apart(
                context,
                () -> {
                  List<String> silent = keeper.move(ClockChange.parse(text));
                  if (silent.isEmpty()) {
                    return world();
                  }
                  throw new WorldTrouble(
                      "The clock was moved, but %s did not acknowledge in time: ./kazashi status"
                          .formatted(String.join(" and ", silent)));
                }));
  }

  // ------------------------------------------------------------------ pages

  private static void page(RoutingContext context, String file, Buffer content) {
    context
        .response()
        .putHeader(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
                + " img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Cache-Control", "no-cache")
        .putHeader("Content-Type", type(file))
        .end(content);
  }

  /** Once, into memory: a server that sends files keeps copies of them in the temporary folder. */
  private static Buffer content(String file) {
    try (InputStream in = ControlServer.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is missing");
      }
      return Buffer.buffer(in.readAllBytes());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static String type(String file) {
    String extension = file.substring(file.lastIndexOf('.') + 1);
    return switch (extension) {
      case "css" -> "text/css; charset=utf-8";
      case "js" -> "text/javascript; charset=utf-8";
      default -> "text/html; charset=utf-8";
    };
  }

  // ------------------------------------------------------------------ answers

  private static void failed(RoutingContext context) {
    int status = context.statusCode() < 400 ? 500 : context.statusCode();
    if (context.failure() != null) {
      SimulatorLog.event("fault", Map.of("error", String.valueOf(context.failure())));
    }
    if (!context.response().ended()) {
      Replies.refuse(context, status, "The simulator could not do that (" + status + ").");
    }
  }
}
