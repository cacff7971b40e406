package jp.kazashi.simulator.world;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import jp.kazashi.simulator.terminal.TerminalServer;
import jp.kazashi.simulator.terminal.VirtualReader;
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

  /** More that may be asked here, by who holds the token. */
  interface Routes {
    void on(Router router);
  }

  private final Vertx vertx;
  private final String token;
  private final ClockKeeper keeper;
  private final Deck deck;
  private final VirtualReaders readers;
  private final Feeding feeding;
  private final Routes more;

  ControlServer(
      Vertx vertx,
      String token,
      ClockKeeper keeper,
      Deck deck,
      VirtualReaders readers,
      Feeding feeding,
      Routes more) {
    this.vertx = vertx;
    this.token = token;
    this.keeper = keeper;
    this.deck = deck;
    this.readers = readers;
    this.feeding = feeding;
    this.more = more;
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
    router.get("/health").handler(context -> answer(context, 200, Map.of("status", "UP")));
    PAGES.forEach((path, file) -> router.get(path).handler(context -> page(context, file)));
    router.route().handler(this::guardToken);
    TerminalServer terminals = new TerminalServer(readers, token);
    // Before the body is read: an upgraded connection has none.
    router.get("/terminals").handler(context -> terminals.accept(context.request()));
    router.route().handler(BodyHandler.create(false).setBodyLimit(LONGEST_BODY));
    router.get("/world").handler(context -> answer(context, 200, world()));
    router.put("/world/clock").handler(this::moveClock);
    router.get("/cards").handler(context -> answer(context, 200, cards()));
    router.get("/readers").handler(context -> answer(context, 200, readers()));
    router.post("/readers/headless").handler(this::openHeadless);
    router.put("/readers/:reader/card").handler(this::insert);
    router.delete("/readers/:reader/card").handler(this::remove);
    router.delete("/readers/:reader").handler(this::closeHeadless);
    router.post("/feed").handler(context -> apart(context, () -> feeding.feed()));
    more.on(router);
    router.route().handler(context -> refuse(context, 404, "There is nothing at this address."));
    router.route().failureHandler(ControlServer::failed);
    return router;
  }

  // ------------------------------------------------------------------ who may ask

  private static void guardHost(RoutingContext context, int port) {
    Set<String> hosts = Set.of("127.0.0.1:" + port, "localhost:" + port);
    String host = context.request().getHeader("Host");
    String origin = context.request().getHeader("Origin");
    if (host == null || !hosts.contains(host)) {
      refuse(context, 403, "This address is for 127.0.0.1 only.");
    } else if (origin != null
        && hosts.stream().noneMatch(known -> origin.equals("http://" + known))) {
      refuse(context, 403, "Pages from elsewhere may not ask here.");
    } else {
      context.next();
    }
  }

  private void guardToken(RoutingContext context) {
    String given = context.request().getHeader("Authorization");
    byte[] wanted = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
    if (given == null || !MessageDigest.isEqual(wanted, given.getBytes(StandardCharsets.UTF_8))) {
      refuse(context, 401, "The control token of world.json is needed.");
    } else {
      context.next();
    }
  }

  // ------------------------------------------------------------------ clock

  private Map<String, Object> world() {
    WorldClock clock = keeper.clock();
    return Map.of(
        "instant", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString(),
        "offsetMillis", clock.offsetMillis());
  }

  private void moveClock(RoutingContext context) {
    field(context, "set")
        .ifPresent(text ->
            apart(
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

  // ------------------------------------------------------------------ cards and readers

  private List<Map<String, Object>> cards() {
    List<Map<String, Object>> cards = new ArrayList<>();
    for (DeckCard card : deck.cards()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("name", card.story().card());
      row.put("story", card.story().story());
      row.put("certificateEnds", card.certificate().ends().toString());
      row.put("method", card.story().method());
      row.put("pin", card.story().pin().orElse(null));
      row.put("expected", card.story().expected());
      row.put("expectation", card.story().expectation());
      cards.add(row);
    }
    return cards;
  }

  private List<Map<String, Object>> readers() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (String name : readers.names()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("name", name);
      row.put("card", readers.reader(name).flatMap(VirtualReader::card).orElse(null));
      rows.add(row);
    }
    return rows;
  }

  private void insert(RoutingContext context) {
    reader(context)
        .ifPresent(reader ->
            card(context)
                .ifPresent(card -> {
                  reader.insert(card.card());
                  answer(
                      context, 200, Map.of("reader", reader.name(), "card", card.story().card()));
                }));
  }

  private void remove(RoutingContext context) {
    reader(context)
        .ifPresent(reader -> {
          reader.remove();
          context.response().setStatusCode(204).end();
        });
  }

  private void openHeadless(RoutingContext context) {
    card(context)
        .ifPresent(card ->
            answer(context, 201, Map.of("reader", readers.openHeadless(card.card()).name())));
  }

  private void closeHeadless(RoutingContext context) {
    String name = context.pathParam("reader");
    if (readers.closeHeadless(name)) {
      context.response().setStatusCode(204).end();
    } else {
      refuse(context, 404, "There is no headless reader '" + name + "'.");
    }
  }

  private Optional<VirtualReader> reader(RoutingContext context) {
    String name = context.pathParam("reader");
    Optional<VirtualReader> reader = readers.reader(name);
    if (reader.isEmpty()) {
      refuse(
          context,
          404,
          "No reader is named '%s'. Readers: %s."
              .formatted(name, String.join(", ", readers.names())));
    }
    return reader;
  }

  private Optional<DeckCard> card(RoutingContext context) {
    return field(context, "name")
        .flatMap(name -> {
          Optional<DeckCard> card = deck.card(name);
          if (card.isEmpty()) {
            refuse(
                context,
                404,
                "No card is named '%s'. Cards: %s.".formatted(name, DeckStory.names()));
          }
          return card;
        });
  }

  // ------------------------------------------------------------------ pages

  private static void page(RoutingContext context, String file) {
    HttpServerResponse response =
        context
            .response()
            .putHeader(
                "Content-Security-Policy",
                "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
                    + " img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
            .putHeader("X-Content-Type-Options", "nosniff")
            .putHeader("Referrer-Policy", "no-referrer")
            .putHeader("Cache-Control", "no-cache")
            .putHeader("Content-Type", type(file));
    response.sendFile("jp/kazashi/simulator/world/" + file);
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

  /** A text field of the body; where it is missing, the refusal has been sent. */
  static Optional<String> field(RoutingContext context, String name) {
    String body = Optional.ofNullable(context.body().asString()).orElse("");
    try {
      JsonNode value = Json.tree(body).path(name);
      if (value.isTextual() && !value.asText().isBlank()) {
        return Optional.of(value.asText());
      }
      refuse(context, 400, "The body needs a text '" + name + "'.");
    } catch (JsonProcessingException noJson) {
      refuse(context, 400, "The body is no JSON.");
    }
    return Optional.empty();
  }

  /** Work that waits for others happens off the event loop. */
  static void apart(RoutingContext context, Callable<Map<String, Object>> work) {
    context
        .vertx()
        .executeBlocking(work, false)
        .onSuccess(result -> answer(context, 200, result))
        .onFailure(failure -> {
          switch (failure) {
            case IllegalArgumentException wrong -> refuse(context, 400, message(wrong));
            case WorldTrouble trouble -> refuse(context, 503, trouble.line());
            case IOException away -> refuse(context, 502, message(away));
            default -> context.fail(failure);
          }
        });
  }

  private static String message(Throwable failure) {
    return Optional.ofNullable(failure.getMessage()).orElse(failure.getClass().getSimpleName());
  }

  static void answer(RoutingContext context, int status, Object body) {
    context
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .putHeader("Cache-Control", "no-store")
        .end(Json.line(body));
  }

  static void refuse(RoutingContext context, int status, String error) {
    answer(context, status, Map.of("error", error));
  }

  private static void failed(RoutingContext context) {
    int status = context.statusCode() < 400 ? 500 : context.statusCode();
    if (context.failure() != null) {
      SimulatorLog.event("fault", Map.of("error", String.valueOf(context.failure())));
    }
    if (!context.response().ended()) {
      refuse(context, status, "The simulator could not do that (" + status + ").");
    }
  }
}
