package jp.kazashi.consent.pages;

import io.quarkus.qute.RawString;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.kazashi.consent.Arrival;
import jp.kazashi.consent.DeskBoard;
import jp.kazashi.consent.Language;
import jp.kazashi.consent.Sentence;
import jp.kazashi.consent.StaffCall;
import jp.kazashi.consent.VisitBoard.Subscription;
import jp.kazashi.consent.desk.DeskOffice;
import jp.kazashi.consent.desk.FailureDesk;
import jp.kazashi.consent.desk.Seat;
import jp.kazashi.consent.desk.Told;
import jp.kazashi.consent.pages.DeskRoom.Reply;

/**
 * The staff's pages: the door, the arrival list, live, and the way to all the others. Served on a
 * port of its own.
 */
public final class DeskPages {

  /** So many lines at once; older ones are fetched as somebody goes down to them. */
  static final int PAGE = 50;

  private static final int LARGEST_FORM = 16_384;
  private static final int LARGEST_LIST = 12 << 20;

  private final DeskBoard board;
  private final DeskOffice office;
  private final Premises premises;
  private final Doorkeeper doorkeeper;

  public DeskPages(DeskBoard board, DeskOffice office, Premises premises, SecureRandom random) {
    this.board = board;
    this.office = office;
    this.premises = premises;
    this.doorkeeper = new Doorkeeper("kazashi-desk", premises.hosts(), random);
  }

  /** The pages as routes. */
  public Router router(Vertx vertx) {
    DeskRoom room = new DeskRoom(office, premises, doorkeeper, vertx);
    Router router = Router.router(vertx);
    router.route().handler(doorkeeper::admit);
    StaticFiles.mount(router, "tokens.css", "desk.css", "desk.js", "mark.svg");
    router.post("/lists/*").handler(BodyHandler.create(false).setBodyLimit(LARGEST_LIST));
    router.post().handler(BodyHandler.create(false).setBodyLimit(LARGEST_FORM));
    new Arrivals(room).mount(router);
    new DeskDoor(room).mount(router);
    new DeskForms(room).mount(router);
    new DeskPapers(room, this::who).mount(router);
    new DeskLooks(room).mount(router);
    new DeskFailurePages(room).mount(router);
    router.post("/language/:tag").handler(room::speak);
    router.route().handler(visit -> visit.fail(404));
    router.route().failureHandler(room::failed);
    return router;
  }

  /** Whom that check was about; empty once nobody on the list is. */
  private Optional<Arrival.Person> who(String check) {
    return board.arrivals().stream()
        .filter(arrival -> arrival.check().filter(check::equals).isPresent())
        .map(Arrival::standing)
        .filter(Arrival.Standing.Answered.class::isInstance)
        .map(answered -> ((Arrival.Standing.Answered) answered).person())
        .findFirst();
  }

  /** The arrival list. */
  private final class Arrivals {

    private final DeskRoom room;

    Arrivals(DeskRoom room) {
      this.room = room;
    }

    void mount(Router router) {
      router
          .get("/")
          .handler(visit -> room.page(visit, (seat, language) -> page(visit, seat, language)));
      router
          .get("/arrivals/older/:order")
          .handler(visit -> room.part(visit, (seat, language) -> older(visit, seat, language)));
      router.get("/arrivals").handler(this::listen);
      router.post("/calls/:terminal/attended").handler(this::attended);
    }

    private Reply page(RoutingContext visit, Seat seat, Language language) {
      Map<String, Object> data = new HashMap<>();
      data.put("list", new RawString(lines(seat, language, board.arrivals())));
      data.put("calls", new RawString(calls(seat, language, board.calls())));
      data.put("failure", new RawString(failure(language)));
      return room.show(visit, language, "page", data);
    }

    private Reply older(RoutingContext visit, Seat seat, Language language) {
      String order = visit.pathParam("order");
      if (!order.matches("[0-9]{1,18}")) {
        return Reply.html(400, "");
      }
      long before = Long.parseLong(order);
      List<Arrival> older =
          board.arrivals().stream().filter(arrival -> arrival.order() < before).toList();
      return Reply.html(200, lines(seat, language, older));
    }

    private String lines(Seat seat, Language language, List<Arrival> arrivals) {
      StringBuilder lines = new StringBuilder();
      arrivals.stream().limit(PAGE).forEach(arrival -> lines.append(line(seat, language, arrival)));
      return lines.toString();
    }

    /** Who listens is seated; who is not any more hears nothing more. */
    private void listen(RoutingContext visit) {
      Optional<Seat> seat = room.key(visit).filter(office.door()::isSeated).flatMap(this::seated);
      if (seat.isEmpty()) {
        visit.response().setStatusCode(204).end();
        return;
      }
      Language language = room.language(visit);
      EventStream.open(room.vertx(), visit, stream -> follow(stream, seat.orElseThrow(), language));
    }

    private Optional<Seat> seated(String key) {
      return office.door().seat(key);
    }

    private Subscription follow(EventStream stream, Seat seat, Language language) {
      Subscription subscription =
          board.subscribe(change -> {
            if (!office.door().isSeated(seat.key())) {
              stream.send("away", () -> "/sign-in");
              return;
            }
            switch (change) {
              case DeskBoard.Change.Line line ->
                  stream.send("line", () -> line(seat, language, line.arrival()));
              case DeskBoard.Change.Gone gone -> stream.send("gone", gone::id);
              case DeskBoard.Change.Calls now ->
                  stream.send("calls", () -> calls(seat, language, now.calls()));
              case DeskBoard.Change.Failure now -> stream.send("failure", () -> failure(language));
            }
          });
      // What changed between the page and this stream must not be lost.
      stream.send("list", () -> lines(seat, language, board.arrivals()));
      stream.send("calls", () -> calls(seat, language, board.calls()));
      stream.send("failure", () -> failure(language));
      return subscription;
    }

    private String line(Seat seat, Language language, Arrival arrival) {
      Map<String, Object> data = new HashMap<>();
      data.put("arrival", arrival);
      data.put("at", DeskRoom.clock(arrival.at()));
      data.put("until", arrival.consentsUntil().map(DeskRoom::dayAndClock).orElse(""));
      data.put(
          "untilMillis",
          arrival.consentsUntil().map(until -> String.valueOf(until.toEpochMilli())).orElse(""));
      data.put("alerts", arrival.alerts().stream().map(alert -> alert.in(language)).toList());
      data.put("nextStep", arrival.nextStep().map(step -> step.in(language)).orElse(""));
      data.put("standing", standing(language, arrival.standing()));
      data.put("maySight", maySight(seat, arrival));
      data.put(
          "readable",
          seat.mayRead() && arrival.check().isPresent() && !arrival.consents().isEmpty());
      data.put("mayChart", !seat.local() && arrival.check().isPresent());
      return room.render(language, "line", data);
    }

    /** Only while whose turn it is has not proved anything yet. */
    private boolean maySight(Seat seat, Arrival arrival) {
      return !seat.local()
          && arrival.standing() instanceof Arrival.Standing.AtKiosk now
          && switch (now.station()) {
            case CARD, METHOD, PROOF -> true;
            case CONSENT, DONE -> false;
          };
    }

    private Standing standing(Language language, Arrival.Standing standing) {
      Words w = room.words(language);
      return switch (standing) {
        case Arrival.Standing.AtKiosk now ->
            new Standing("waiting", w.say("at" + now.station().name()), "");
        case Arrival.Standing.Answered answered -> answered(w, answered);
        case Arrival.Standing.Refused refused ->
            new Standing("stop", refused.sentence().in(language), refused.reason());
        case Arrival.Standing.Left left -> new Standing("left", w.say("left"), "");
      };
    }

    private Standing answered(Words w, Arrival.Standing.Answered answered) {
      return new Standing(
          answered.validity().covered() ? "good" : "stop",
          w.say("validity" + answered.validity().name()),
          answered.insurerName(),
          Optional.of(answered.person()),
          answered.contributionRatio().map(ratio -> w.say("ratio", ratio)).orElse(""),
          w.say("by" + answered.method().name()));
    }

    private String calls(Seat seat, Language language, List<StaffCall> calls) {
      return room.render(
          language,
          "calls",
          Map.of(
              "calls",
              calls.stream()
                  .map(call -> new Call(call.terminal(), DeskRoom.clock(call.at()), call.want()))
                  .toList(),
              "maySight",
              !seat.local()));
    }

    /** A strip above the list while something is wrong with the line, or was. */
    private String failure(Language language) {
      FailureDesk.Standing now = office.failure().standing();
      return now.isQuiet() ? "" : room.render(language, "failure-strip", Map.of("now", now));
    }

    private void attended(RoutingContext visit) {
      if (room.seat(visit).isEmpty()) {
        visit.response().setStatusCode(401).end();
        return;
      }
      // What is done shows in the calls themselves.
      room.part(
          visit,
          (seat, language) ->
              switch (office.front().attend(seat, visit.pathParam("terminal"))) {
                case Told.Yes<Sentence> yes -> Reply.html(204, "");
                case Told.No<Sentence> no -> room.refused(language, no);
              });
    }
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
  record Call(String terminal, String at, StaffCall.Want want) {
    /** Whether somebody waits there to be looked at. */
    public boolean isForSight() {
      return want == StaffCall.Want.SIGHT;
    }
  }
}
