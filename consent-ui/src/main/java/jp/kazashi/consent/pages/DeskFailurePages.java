package jp.kazashi.consent.pages;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import jp.kazashi.consent.Language;
import jp.kazashi.consent.Sentence;
import jp.kazashi.consent.desk.FailureDesk;
import jp.kazashi.consent.desk.Seat;
import jp.kazashi.consent.desk.Told;
import jp.kazashi.consent.desk.WrittenDay;
import jp.kazashi.consent.pages.DeskRoom.Reply;

/** The screens of the failure mode: what is recorded while the line is down, and what became. */
final class DeskFailurePages {

  private final DeskRoom room;

  DeskFailurePages(DeskRoom room) {
    this.room = room;
  }

  void mount(Router router) {
    router
        .get("/failure")
        .handler(visit ->
            room.page(
                visit,
                (seat, language) -> room.show(visit, language, "failure", standing(language))));
    router
        .get("/failure/now")
        .handler(visit ->
            room.part(
                visit,
                (seat, language) ->
                    Reply.html(200, room.render(language, "failure-now", standing(language)))));
    router
        .post("/failure/start")
        .handler(
            visit -> room.part(visit, (seat, language) -> after(language, failure().start(seat))));
    router
        .post("/failure/end")
        .handler(
            visit -> room.part(visit, (seat, language) -> after(language, failure().end(seat))));
    router
        .post("/failure/record/:visit")
        .handler(visit -> room.part(visit, (seat, language) -> record(visit, seat, language)));
    router
        .post("/failure/discard/:visit")
        .handler(visit ->
            room.part(
                visit,
                (seat, language) ->
                    after(language, failure().discard(seat, visit.pathParam("visit")))));
    router
        .post("/failure/settle/:number")
        .handler(visit -> room.part(visit, (seat, language) -> settle(visit, seat, language)));
  }

  private FailureDesk failure() {
    return room.office().failure();
  }

  private Map<String, Object> standing(Language language) {
    FailureDesk.Standing now = failure().standing();
    return Map.of(
        "now",
        now,
        "trouble",
        now.trouble().map(sentence -> sentence.in(language)).orElse(""),
        "oldest",
        now.oldest().map(DeskRoom::dayAndClock).orElse(""),
        "waiting",
        now.waiting().stream()
            .map(one -> new Waiting(one.visit(), DeskRoom.clock(one.at()), one.terminal()))
            .toList(),
        "judged",
        now.judged().stream().map(one -> Judged.of(one, language)).toList(),
        "sexes",
        List.of(FailureDesk.Typed.Sex.values()));
  }

  private Reply record(RoutingContext visit, Seat seat, Language language) {
    String name = DeskRoom.typed(visit, "name");
    String address = DeskRoom.typed(visit, "address");
    Optional<LocalDate> birth = WrittenDay.read(DeskRoom.typed(visit, "birth"));
    Optional<FailureDesk.Typed.Sex> sex =
        Stream.of(FailureDesk.Typed.Sex.values())
            .filter(one -> one.name().equals(DeskRoom.typed(visit, "sex")))
            .findFirst();
    if (birth.isEmpty()) {
      return room.wrong(language, "birthUnreadable");
    }
    if (name.isEmpty() || address.isEmpty() || sex.isEmpty()) {
      return room.wrong(language, "formIncomplete");
    }
    return after(
        language,
        failure()
            .record(
                seat,
                visit.pathParam("visit"),
                new FailureDesk.Typed(name, birth.get(), sex.get(), address)));
  }

  private Reply settle(RoutingContext visit, Seat seat, Language language) {
    String number = visit.pathParam("number");
    return number.matches("[0-9]{1,18}")
        ? after(language, failure().settle(seat, Long.parseLong(number)))
        : Reply.html(400, "");
  }

  /** What was done shows in the page itself. */
  private Reply after(Language language, Told<Sentence> told) {
    return switch (told) {
      case Told.Yes<Sentence> yes -> Reply.go("/failure");
      case Told.No<Sentence> no -> room.refused(language, no);
    };
  }

  /** A card that signed, ready to print. */
  record Waiting(String visit, String at, String terminal) {}

  /** A judged record, ready to print. */
  record Judged(
      long number, boolean covered, String name, String birthDate, String reason, String nextStep) {
    static Judged of(FailureDesk.Judged one, Language language) {
      return new Judged(
          one.number(),
          one.covered(),
          one.name(),
          one.birthDate(),
          one.reason(),
          one.nextStep().map(step -> step.in(language)).orElse(""));
    }
  }
}
