package jp.kazashi.consent.pages;

import static java.util.Objects.requireNonNull;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import jp.kazashi.consent.Language;
import jp.kazashi.consent.Sentence;
import jp.kazashi.consent.desk.DeskOffice;
import jp.kazashi.consent.desk.Seat;
import jp.kazashi.consent.desk.StaffDoor;
import jp.kazashi.consent.desk.Told;

/**
 * What every page behind the desk's door shares: who sits there, in which language, and how an
 * answer is made. Whatever asks the gateway runs on a thread of its own.
 */
final class DeskRoom {

  static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");
  static final int LONGEST_FIELD = 300;

  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");
  private static final DateTimeFormatter DAY_AND_CLOCK = DateTimeFormatter.ofPattern("M/d HH:mm");
  private static final String LANGUAGE_COOKIE = "kazashi-desk-language";
  private static final String SEAT_COOKIE = "kazashi-desk-seat";
  private static final String HTML = "text/html; charset=utf-8";
  private static final System.Logger LOG = System.getLogger(DeskRoom.class.getName());
  private static final Reply DOOR =
      new Reply(303, HTML, Buffer.buffer(), Map.of("Location", "/sign-in"));

  private final DeskOffice office;
  private final Premises premises;
  private final Doorkeeper doorkeeper;
  private final Vertx vertx;
  private final Templates templates = new Templates();
  private final Map<Language, Words> words = new EnumMap<>(Language.class);

  DeskRoom(DeskOffice office, Premises premises, Doorkeeper doorkeeper, Vertx vertx) {
    this.office = office;
    this.premises = premises;
    this.doorkeeper = doorkeeper;
    this.vertx = vertx;
    for (Language language : Language.OF_STAFF) {
      words.put(language, Words.of("desk", language));
    }
  }

  /** What a page or a part of one answers. */
  record Reply(int status, String type, Buffer body, Map<String, String> headers) {

    static Reply html(int status, String body) {
      return new Reply(status, HTML, Buffer.buffer(body), Map.of());
    }

    /** Sends the browser to another of our pages. */
    static Reply go(String path) {
      return new Reply(204, HTML, Buffer.buffer(), Map.of("X-Kazashi-Go", path));
    }

    Reply with(String header, String value) {
      Map<String, String> more = new HashMap<>(headers);
      more.put(header, value);
      return new Reply(status, type, body, more);
    }

    Reply as(int other) {
      return new Reply(other, type, body, headers);
    }
  }

  /** Makes an answer for who sits there; it may take its time. */
  interface Work {
    Reply of(Seat seat, Language language);
  }

  DeskOffice office() {
    return office;
  }

  /** Those of the institution; none for who does not keep them. */
  List<StaffDoor.Account> accounts(Seat seat) {
    return seat.administers()
            && office().door().accounts(seat)
                instanceof Told.Yes<List<StaffDoor.Account>>(List<StaffDoor.Account> all)
        ? all
        : List.of();
  }

  Vertx vertx() {
    return vertx;
  }

  Words words(Language language) {
    return requireNonNull(words.get(language));
  }

  // ---------------------------------------------------------------- who sits there

  Optional<Seat> seat(RoutingContext visit) {
    return key(visit).flatMap(office.door()::seat);
  }

  Optional<String> key(RoutingContext visit) {
    return Optional.ofNullable(visit.request().getCookie(SEAT_COOKIE)).map(Cookie::getValue);
  }

  void take(RoutingContext visit, Seat seat) {
    visit.response().addCookie(cookie(visit, SEAT_COOKIE, seat.key()));
  }

  void giveUp(RoutingContext visit) {
    visit.response().addCookie(cookie(visit, SEAT_COOKIE, "").setMaxAge(0));
  }

  private static Cookie cookie(RoutingContext visit, String name, String value) {
    return Cookie.cookie(name, value)
        .setHttpOnly(true)
        .setSecure(visit.request().isSSL())
        .setSameSite(CookieSameSite.STRICT)
        .setPath("/");
  }

  /** A page for who sits there; whoever does not is sent to the door. */
  void page(RoutingContext visit, Work work) {
    seat(visit)
        .ifPresentOrElse(
            seat -> answer(visit, () -> ofLetIn(seat, DOOR, () -> work.of(seat, language(visit)))),
            () -> send(visit, DOOR));
  }

  /** The same for a part of a page, or for something done. */
  void part(RoutingContext visit, Work work) {
    seat(visit)
        .ifPresentOrElse(
            seat ->
                answer(
                    visit,
                    () ->
                        ofLetIn(seat, Reply.go("/sign-in"), () -> work.of(seat, language(visit)))),
            () -> send(visit, Reply.go("/sign-in")));
  }

  /** Whom the gateway has put out meanwhile is sent to the door, before or after. */
  private Reply ofLetIn(Seat seat, Reply door, Supplier<Reply> work) {
    if (!office.door().isLetIn(seat)) {
      return door;
    }
    Reply reply = work.get();
    return office.door().isSeated(seat.key()) ? reply : door;
  }

  /** Where asking the gateway is not on the way of anybody else. */
  void answer(RoutingContext visit, Supplier<Reply> work) {
    Context back = vertx.getOrCreateContext();
    Thread.ofVirtual()
        .name("desk")
        .start(() -> {
          try {
            Reply reply = work.get();
            back.runOnContext(done -> send(visit, reply));
          } catch (RuntimeException fault) {
            back.runOnContext(done -> visit.fail(fault));
          }
        });
  }

  private static void send(RoutingContext visit, Reply reply) {
    if (visit.response().closed()) {
      return;
    }
    visit.response().setStatusCode(reply.status()).putHeader("Content-Type", reply.type());
    reply.headers().forEach(visit.response()::putHeader);
    visit.response().end(reply.body());
  }

  /** What nobody answers, and what broke: in words, as a page or as a part of one. */
  void failed(RoutingContext visit) {
    if (visit.response().ended()) {
      return;
    }
    if (visit.failure() != null) {
      LOG.log(System.Logger.Level.ERROR, "A page of the desk broke", visit.failure());
    }
    int status = visit.statusCode() < 400 ? 500 : visit.statusCode();
    Language language = language(visit);
    String nextStep = words(language).say(what(status));
    boolean whole = String.valueOf(visit.request().getHeader("Accept")).contains("text/html");
    Reply reply =
        whole
            ? show(visit, language, "no-page", Map.of("reason", status, "nextStep", nextStep))
            : refused(language, "", nextStep);
    send(visit, reply.as(status));
  }

  private static String what(int status) {
    return switch (status) {
      case 404, 405 -> "noSuchPage";
      case 413 -> "tooLarge";
      default -> "broken";
    };
  }

  // ---------------------------------------------------------------- what it shows

  Reply show(RoutingContext visit, Language language, String template, Map<String, Object> more) {
    Map<String, Object> data = frame(language);
    data.put("token", doorkeeper.token(visit));
    data.put("languages", Language.OF_STAFF);
    data.put("seat", seat(visit));
    data.put("here", template);
    data.putAll(more);
    return Reply.html(200, templates.render("desk/" + template, data));
  }

  String render(Language language, String template, Map<String, Object> more) {
    Map<String, Object> data = frame(language);
    data.putAll(more);
    return templates.render("desk/" + template, data);
  }

  /** What was asked for as that part, or why not. */
  <T> Reply told(
      Language language, Told<T> told, String template, Function<T, Map<String, Object>> data) {
    return switch (told) {
      case Told.Yes<T> yes -> Reply.html(200, render(language, template, data.apply(yes.what())));
      case Told.No<T> no -> refused(language, no);
    };
  }

  Reply said(Language language, Told<Sentence> told) {
    return told(language, told, "said", sentence -> Map.of("text", sentence.in(language)));
  }

  Reply refused(Language language, Told.No<?> no) {
    return refused(language, no.reason(), no.nextStep().in(language));
  }

  Reply wrong(Language language, String key) {
    return refused(language, "", words(language).say(key));
  }

  private Reply refused(Language language, String reason, String nextStep) {
    return Reply.html(
        422, render(language, "refused", Map.of("reason", reason, "nextStep", nextStep)));
  }

  private Map<String, Object> frame(Language language) {
    Map<String, Object> data = new HashMap<>();
    data.put("w", words(language));
    data.put("language", language);
    data.put("premises", premises);
    return data;
  }

  // ---------------------------------------------------------------- language, time, what was typed

  void speak(RoutingContext visit) {
    Optional<Language> chosen = Language.tagged(visit.pathParam("tag")).filter(words::containsKey);
    chosen.ifPresent(
        language -> visit.response().addCookie(cookie(visit, LANGUAGE_COOKIE, language.tag())));
    visit.response().setStatusCode(chosen.isPresent() ? 204 : 400).end();
  }

  Language language(RoutingContext visit) {
    Cookie chosen = visit.request().getCookie(LANGUAGE_COOKIE);
    return chosen == null
        ? Language.JA
        : Language.tagged(chosen.getValue()).filter(words::containsKey).orElse(Language.JA);
  }

  static String clock(Instant at) {
    return CLOCK.format(at.atZone(JAPAN));
  }

  static String dayAndClock(Instant at) {
    return DAY_AND_CLOCK.format(at.atZone(JAPAN));
  }

  /** What was typed there, without the white space around it; nothing overlong is taken. */
  static String typed(RoutingContext visit, String field) {
    String value = visit.request().getFormAttribute(field);
    String text = value == null ? "" : value.strip();
    return text.length() > LONGEST_FIELD ? "" : text;
  }

  /** The same of the address of a page; empty where nothing is said. */
  static Optional<String> asked(RoutingContext visit, String field) {
    String value = visit.request().getParam(field);
    return Optional.ofNullable(value)
        .map(String::strip)
        .filter(text -> !text.isEmpty() && text.length() <= LONGEST_FIELD);
  }
}
