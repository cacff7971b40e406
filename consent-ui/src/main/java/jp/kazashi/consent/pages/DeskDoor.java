package jp.kazashi.consent.pages;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import jp.kazashi.consent.Language;
import jp.kazashi.consent.desk.Seat;
import jp.kazashi.consent.desk.StaffDoor;
import jp.kazashi.consent.desk.Told;
import jp.kazashi.consent.pages.DeskRoom.Reply;

/** Staff come in and go, and administrators keep their accounts. */
final class DeskDoor {

  private static final int LONGEST_PASSWORD = 200;

  private final DeskRoom room;

  DeskDoor(DeskRoom room) {
    this.room = room;
  }

  void mount(Router router) {
    router
        .get("/sign-in")
        .handler(visit ->
            room.answer(visit, () -> room.show(visit, room.language(visit), "sign-in", Map.of())));
    router.post("/sign-in").handler(this::signIn);
    router.post("/sign-out").handler(this::signOut);
    router
        .get("/staff")
        .handler(visit ->
            room.page(
                visit,
                (seat, language) ->
                    room.show(
                        visit,
                        language,
                        "staff",
                        Map.of(
                            "mayAdminister", seat.administers(),
                            "accounts", room.accounts(seat),
                            "rights", List.of(Seat.Right.values())))));
    router.post("/staff").handler(visit -> room.part(visit, (seat, now) -> add(visit, seat, now)));
    router
        .post("/staff/:id")
        .handler(visit -> room.part(visit, (seat, now) -> change(visit, seat, now)));
  }

  private void signIn(RoutingContext visit) {
    Language language = room.language(visit);
    HttpServerRequest request = visit.request();
    String login = DeskRoom.typed(visit, "login");
    String given = request.getFormAttribute("password");
    String password = given == null || given.length() > LONGEST_PASSWORD ? "" : given;
    room.answer(
        visit,
        () -> {
          if (login.isEmpty() || password.isBlank()) {
            return room.wrong(language, "signInEmpty");
          }
          return switch (room.office().door().signIn(login, password)) {
            case Told.Yes<Seat> yes -> {
              room.take(visit, yes.what());
              yield Reply.go("/");
            }
            case Told.No<Seat> no -> room.refused(language, no);
          };
        });
  }

  private void signOut(RoutingContext visit) {
    Optional<Seat> seat = room.seat(visit);
    room.answer(
        visit,
        () -> {
          seat.ifPresent(room.office().door()::signOut);
          room.giveUp(visit);
          return Reply.go("/sign-in");
        });
  }

  private Reply add(RoutingContext visit, Seat seat, Language language) {
    String password = visit.request().getFormAttribute("password");
    Optional<Seat.Right> right = right(DeskRoom.typed(visit, "right"));
    if (right.isEmpty() || password == null) {
      return room.wrong(language, "formIncomplete");
    }
    return done(
        language,
        room.office()
            .door()
            .add(
                seat,
                DeskRoom.typed(visit, "login"),
                DeskRoom.typed(visit, "name"),
                right.get(),
                password));
  }

  private Reply change(RoutingContext visit, Seat seat, Language language) {
    String password = visit.request().getFormAttribute("password");
    StaffDoor.Change change =
        new StaffDoor.Change(
            right(DeskRoom.typed(visit, "right")),
            switch (DeskRoom.typed(visit, "active")) {
              case "yes" -> Optional.of(true);
              case "no" -> Optional.of(false);
              default -> Optional.empty();
            },
            DeskRoom.typed(visit, "unlock").equals("yes"),
            Optional.ofNullable(password).filter(text -> !text.isBlank()));
    return done(language, room.office().door().change(seat, visit.pathParam("id"), change));
  }

  private Reply done(Language language, Told<StaffDoor.Account> told) {
    return switch (told) {
      case Told.Yes<StaffDoor.Account> yes -> Reply.go("/staff");
      case Told.No<StaffDoor.Account> no -> room.refused(language, no);
    };
  }

  private static Optional<Seat.Right> right(String word) {
    return Stream.of(Seat.Right.values())
        .filter(right -> right.name().equals(word.toUpperCase(Locale.ROOT)))
        .findFirst();
  }
}
