package jp.kazashi.consent.pages;

import static java.util.Objects.requireNonNull;

import io.quarkus.qute.RawString;
import io.vertx.core.Vertx;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.kazashi.consent.Arrival;
import jp.kazashi.consent.DeskBoard;
import jp.kazashi.consent.Language;
import jp.kazashi.consent.StaffCall;
import jp.kazashi.consent.VisitBoard.Subscription;

/** The staff's pages: the arrival list, live. Served on a port of its own. */
public final class DeskPages {

  private static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");
  private static final DateTimeFormatter DAY_AND_CLOCK = DateTimeFormatter.ofPattern("M/d HH:mm");
  private static final String LANGUAGE_COOKIE = "kazashi-desk-language";

  private final DeskBoard board;
  private final Premises premises;
  private final Doorkeeper doorkeeper;
  private final Templates templates = new Templates();
  private final Map<Language, Words> words = new EnumMap<>(Language.class);

  public DeskPages(DeskBoard board, Premises premises, SecureRandom random) {
    this.board = board;
    this.premises = premises;
    this.doorkeeper = new Doorkeeper("kazashi-desk", premises.hosts(), random);
    for (Language language : Language.OF_STAFF) {
      words.put(language, Words.of("desk", language));
    }
  }

  /** The pages as routes. */
  public Router router(Vertx vertx) {
    Router router = Router.router(vertx);
    router.route().handler(doorkeeper::admit);
    router.get("/").handler(this::page);
    router
        .get("/arrivals")
        .handler(visit -> {
          Language language = language(visit);
          EventStream.open(vertx, visit, stream -> follow(stream, language));
        });
    StaticFiles.mount(router, "tokens.css", "desk.css", "desk.js", "mark.svg");
    router.post("/calls/:terminal/attended").handler(this::attended);
    router.post("/language/:tag").handler(this::speak);
    return router;
  }

  private void page(RoutingContext visit) {
    Language language = language(visit);
    Map<String, Object> data = frame(language);
    data.put("languages", Language.OF_STAFF);
    data.put("token", doorkeeper.token(visit));
    data.put("list", new RawString(list(language)));
    data.put("calls", new RawString(calls(language, board.calls())));
    visit
        .response()
        .putHeader("Content-Type", "text/html; charset=utf-8")
        .end(templates.render("desk/page", data));
  }

  private Subscription follow(EventStream stream, Language language) {
    Subscription subscription =
        board.subscribe(change -> {
          switch (change) {
            case DeskBoard.Change.Line line ->
                stream.send("line", () -> line(language, line.arrival()));
            case DeskBoard.Change.Calls now ->
                stream.send("calls", () -> calls(language, now.calls()));
          }
        });
    // What changed between the page and this stream must not be lost.
    stream.send("list", () -> list(language));
    stream.send("calls", () -> calls(language, board.calls()));
    return subscription;
  }

  private String list(Language language) {
    StringBuilder lines = new StringBuilder();
    board.arrivals().forEach(arrival -> lines.append(line(language, arrival)));
    return lines.toString();
  }

  private String line(Language language, Arrival arrival) {
    Map<String, Object> data = frame(language);
    data.put("arrival", arrival);
    data.put("at", clock(arrival.at()));
    data.put("until", arrival.consentsUntil().map(DeskPages::dayAndClock).orElse(""));
    data.put("alerts", arrival.alerts().stream().map(alert -> alert.in(language)).toList());
    data.put("nextStep", arrival.nextStep().map(step -> step.in(language)).orElse(""));
    data.put("standing", standing(language, arrival.standing()));
    return templates.render("desk/line", data);
  }

  private Standing standing(Language language, Arrival.Standing standing) {
    Words w = requireNonNull(words.get(language));
    return switch (standing) {
      case Arrival.Standing.AtKiosk now ->
          new Standing("waiting", w.say("at" + now.station().name()), "");
      case Arrival.Standing.Answered answered -> answered(w, answered);
      case Arrival.Standing.Refused refused ->
          new Standing("stop", refused.sentence().in(language), refused.reason());
      case Arrival.Standing.Left left -> new Standing("left", w.say("left"), "");
    };
  }

  private static Standing answered(Words w, Arrival.Standing.Answered answered) {
    return new Standing(
        answered.validity().covered() ? "good" : "stop",
        w.say("validity" + answered.validity().name()),
        answered.insurerName(),
        Optional.of(answered.person()),
        answered.contributionRatio().map(ratio -> w.say("ratio", ratio)).orElse(""),
        w.say("by" + answered.method().name()));
  }

  private String calls(Language language, List<StaffCall> calls) {
    Map<String, Object> data = frame(language);
    data.put(
        "calls", calls.stream().map(call -> new Call(call.terminal(), clock(call.at()))).toList());
    return templates.render("desk/calls", data);
  }

  private Map<String, Object> frame(Language language) {
    Map<String, Object> data = new HashMap<>();
    data.put("w", requireNonNull(words.get(language)));
    data.put("language", language);
    data.put("premises", premises);
    return data;
  }

  private void attended(RoutingContext visit) {
    board.attended(visit.pathParam("terminal"));
    visit.response().setStatusCode(204).end();
  }

  private void speak(RoutingContext visit) {
    Optional<Language> chosen = Language.tagged(visit.pathParam("tag"));
    chosen.ifPresent(language ->
        visit
            .response()
            .addCookie(
                Cookie.cookie(LANGUAGE_COOKIE, language.tag())
                    .setHttpOnly(true)
                    .setSameSite(CookieSameSite.STRICT)
                    .setPath("/")));
    visit.response().setStatusCode(chosen.isPresent() ? 204 : 400).end();
  }

  private static Language language(RoutingContext visit) {
    Cookie chosen = visit.request().getCookie(LANGUAGE_COOKIE);
    return chosen == null ? Language.JA : Language.tagged(chosen.getValue()).orElse(Language.JA);
  }

  private static String clock(Instant at) {
    return CLOCK.format(at.atZone(JAPAN));
  }

  private static String dayAndClock(Instant at) {
    return DAY_AND_CLOCK.format(at.atZone(JAPAN));
  }

  /** How a line stands, ready to print. */
  record Standing(
      String state,
      String text,
      String small,
      Optional<Arrival.Person> person,
      String ratio,
      String method) {
    Standing(String state, String text, String small) {
      this(state, text, small, Optional.empty(), "", "");
    }
  }

  /** A call, ready to print. */
  record Call(String terminal, String at) {}
}
