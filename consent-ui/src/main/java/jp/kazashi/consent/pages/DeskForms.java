package jp.kazashi.consent.pages;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.kazashi.consent.Language;
import jp.kazashi.consent.Sentence;
import jp.kazashi.consent.desk.FrontDesk;
import jp.kazashi.consent.desk.Seat;
import jp.kazashi.consent.desk.Told;
import jp.kazashi.consent.desk.WrittenDay;
import jp.kazashi.consent.pages.DeskRoom.Reply;

/** What staff do for a patient: by sight, by chart, by the numbers of a document, by a list. */
final class DeskForms {

  private static final List<String> BASES =
      List.of("CONFIRMATION", "NOTICE", "PORTAL_SCREEN", "OLD_CARD", "UNSTATED");
  private static final List<FrontDesk.Finding.Kind> KINDS =
      List.of(FrontDesk.Finding.Kind.values());

  private final DeskRoom room;

  DeskForms(DeskRoom room) {
    this.room = room;
  }

  void mount(Router router) {
    router
        .post("/sight/:terminal")
        .handler(visit ->
            room.part(
                visit,
                (seat, language) ->
                    room.said(
                        language, front().confirmBySight(seat, visit.pathParam("terminal")))));
    router
        .post("/chart/:arrival")
        .handler(visit -> room.part(visit, (seat, language) -> chart(visit, seat, language)));
    router
        .get("/look-up")
        .handler(visit ->
            room.page(
                visit,
                (seat, language) -> room.show(visit, language, "look-up", Map.of("bases", BASES))));
    router
        .post("/look-up")
        .handler(visit -> room.part(visit, (seat, language) -> lookUp(visit, seat, language)));
    router
        .get("/bookings")
        .handler(visit ->
            room.page(visit, (seat, language) -> room.show(visit, language, "bookings", Map.of())));
    router
        .post("/lists/bookings")
        .handler(visit ->
            room.part(
                visit,
                (seat, language) -> bookings(language, front().askBookings(seat, body(visit)))));
    router
        .get("/bookings/:id")
        .handler(visit ->
            room.part(
                visit,
                (seat, language) ->
                    bookings(language, front().bookings(seat, visit.pathParam("id")))));
    router
        .post("/lists/charts")
        .handler(visit ->
            room.part(
                visit,
                (seat, language) ->
                    room.told(
                        language,
                        front().takeInCharts(seat, body(visit)),
                        "said",
                        count -> Map.of("text", room.words(language).say("chartsTaken", count)))));
  }

  private FrontDesk front() {
    return room.office().front();
  }

  private static String body(RoutingContext visit) {
    Buffer body = visit.body().buffer();
    return body == null ? "" : body.toString(StandardCharsets.UTF_8);
  }

  private Reply chart(RoutingContext visit, Seat seat, Language language) {
    String number = DeskRoom.typed(visit, "number");
    return number.isEmpty()
        ? room.wrong(language, "formIncomplete")
        : room.told(
            language,
            front().registerChart(seat, visit.pathParam("arrival"), number),
            "said",
            kept -> Map.of("text", room.words(language).say("chartKept", kept)));
  }

  private Reply lookUp(RoutingContext visit, Seat seat, Language language) {
    String basis = DeskRoom.typed(visit, "basis");
    Optional<LocalDate> birth = WrittenDay.read(DeskRoom.typed(visit, "birth"));
    if (birth.isEmpty()) {
      return room.wrong(language, "birthUnreadable");
    }
    if (DeskRoom.typed(visit, "insurer").isEmpty() || DeskRoom.typed(visit, "number").isEmpty()) {
      return room.wrong(language, "formIncomplete");
    }
    Told<FrontDesk.Found> found =
        front()
            .lookUp(
                seat,
                new FrontDesk.Question(
                    DeskRoom.typed(visit, "insurer"),
                    DeskRoom.typed(visit, "symbol"),
                    DeskRoom.typed(visit, "number"),
                    DeskRoom.typed(visit, "branch"),
                    birth.get(),
                    WrittenDay.read(DeskRoom.typed(visit, "on")),
                    BASES.contains(basis) ? basis : "UNSTATED",
                    WrittenDay.read(DeskRoom.typed(visit, "issued")),
                    WrittenDay.read(DeskRoom.typed(visit, "until"))));
    return room.told(language, found, "found", what -> found(language, what));
  }

  private Map<String, Object> found(Language language, FrontDesk.Found found) {
    Words w = room.words(language);
    return Map.of(
        "found",
        found,
        "state",
        found.validity().covered() ? "good" : "stop",
        "validity",
        w.say("validity" + found.validity().name()),
        "ratio",
        found.ratio().map(ratio -> w.say("ratio", ratio)).orElse(""),
        "nextStep",
        found.nextStep().map(step -> step.in(language)).orElse(""));
  }

  private Reply bookings(Language language, Told<FrontDesk.Bookings> told) {
    return room.told(
        language,
        told,
        "bookings-state",
        now -> Map.of("now", now, "kinds", KINDS, "findings", findings(language, now)));
  }

  private static List<Finding> findings(Language language, FrontDesk.Bookings now) {
    return now.findings().stream()
        .map(finding ->
            new Finding(
                finding.kind(),
                finding.line(),
                finding.booking(),
                finding.name(),
                finding.detail(),
                finding.until().map(LocalDate::toString).orElse(""),
                finding.nextStep().map((Sentence step) -> step.in(language)).orElse("")))
        .toList();
  }

  /** A booking that needs attention, ready to print. */
  record Finding(
      FrontDesk.Finding.Kind kind,
      int line,
      String booking,
      String name,
      String detail,
      String until,
      String nextStep) {}
}
