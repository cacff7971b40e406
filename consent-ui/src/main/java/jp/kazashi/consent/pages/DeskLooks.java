package jp.kazashi.consent.pages;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import jp.kazashi.consent.Language;
import jp.kazashi.consent.desk.LookBook;
import jp.kazashi.consent.desk.Seat;
import jp.kazashi.consent.desk.StaffDoor;
import jp.kazashi.consent.desk.Told;
import jp.kazashi.consent.desk.WrittenDay;
import jp.kazashi.consent.pages.DeskRoom.Reply;

/**
 * Who looked at whom: of the whole institution as the gateway tells administrators, and beneath it
 * what was done at this desk, which is there also without the gateway.
 */
final class DeskLooks {

  private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");

  /** A look at what a later gateway calls otherwise can be shown and not be asked for. */
  private static final List<LookBook.What> WHAT =
      Stream.of(LookBook.What.values()).filter(what -> what != LookBook.What.OTHER).toList();

  private final DeskRoom room;

  DeskLooks(DeskRoom room) {
    this.room = room;
  }

  void mount(Router router) {
    router
        .get("/looks")
        .handler(visit -> room.page(visit, (seat, language) -> looks(visit, seat, language)));
  }

  private Reply looks(RoutingContext visit, Seat seat, Language language) {
    Map<String, Object> data = new HashMap<>();
    data.put("deeds", deeds(seat));
    data.put("administers", seat.administers());
    data.put("local", seat.local());
    if (seat.administers()) {
      data.putAll(institution(visit, seat, language));
    }
    return room.show(visit, language, "looks", data);
  }

  private Map<String, Object> institution(RoutingContext visit, Seat seat, Language language) {
    LookBook.Asked asked = asked(visit);
    Map<String, Object> data = new HashMap<>();
    data.put("kinds", WHAT);
    data.put("what", asked.what().map(Enum::name).orElse(""));
    data.put("staff", asked.staff().orElse(""));
    data.put("first", asked.page().isEmpty());
    switch (door().looks(seat, asked)) {
      case Told.Yes<LookBook> yes -> {
        LookBook book = yes.what();
        List<StaffDoor.Account> accounts = room.accounts(seat);
        data.put("told", true);
        data.put("accounts", accounts);
        data.put("from", book.from());
        data.put("to", book.to());
        data.put("ofWhom", ofWhom(accounts, asked, language));
        data.put("looks", book.looks().stream().map(look -> line(look, language)).toList());
        data.put("newest", address(book, asked, Optional.empty()));
        data.put("older", book.nextPage().map(page -> address(book, asked, Optional.of(page))));
      }
      case Told.No<LookBook> no -> {
        data.put("told", false);
        data.put("accounts", List.of());
        data.put("from", day(asked.from()));
        data.put("to", day(asked.to()));
        data.put("reason", no.reason());
        data.put("nextStep", nextStep(no, language));
      }
    }
    return data;
  }

  /** Only the days can be wrong of what a page asks. */
  private String nextStep(Told.No<LookBook> no, Language language) {
    return no.reason().equals("BAD_REQUEST")
        ? room.words(language).say("daysWrong")
        : no.nextStep().in(language);
  }

  private StaffDoor door() {
    return room.office().door();
  }

  /** What cannot be read is as if nothing had been said; the page shows what it took. */
  private static LookBook.Asked asked(RoutingContext visit) {
    return new LookBook.Asked(
        DeskRoom.asked(visit, "from").flatMap(WrittenDay::read),
        DeskRoom.asked(visit, "to").flatMap(WrittenDay::read),
        DeskRoom.asked(visit, "staff"),
        DeskRoom.asked(visit, "what").flatMap(DeskLooks::what),
        DeskRoom.asked(visit, "page"));
  }

  private static Optional<LookBook.What> what(String word) {
    return WHAT.stream().filter(what -> what.name().equals(word)).findFirst();
  }

  private static String day(Optional<LocalDate> day) {
    return day.map(LocalDate::toString).orElse("");
  }

  /** For paper, where no field is seen. */
  private String ofWhom(List<StaffDoor.Account> accounts, LookBook.Asked asked, Language language) {
    Words w = room.words(language);
    String who =
        accounts.stream()
            .filter(account -> asked.staff().equals(Optional.of(account.id())))
            .map(StaffDoor.Account::name)
            .findFirst()
            .orElseGet(() -> w.say("everybody"));
    String what = asked.what().map(kind -> w.say("look" + kind)).orElse(w.say("everything"));
    return who + " / " + what;
  }

  private static String address(LookBook book, LookBook.Asked asked, Optional<String> page) {
    return "/looks?"
        + new LookBook.Asked(
                Optional.of(book.from()), Optional.of(book.to()), asked.staff(), asked.what(), page)
            .query();
  }

  private Look line(LookBook.Look look, Language language) {
    Words w = room.words(language);
    return new Look(
        WHEN.format(look.at().atZone(DeskRoom.JAPAN)),
        look.who().map(LookBook.Who::name).orElse(w.say("bySystem")),
        look.who().map(LookBook.Who::login).orElse(""),
        look.system(),
        look.category()
            .map(category -> w.say("category" + category))
            .orElseGet(() -> w.say("look" + look.what())),
        ground(look.ground(), w),
        look.list(),
        look.shown(),
        String.join("、", look.charts()),
        look.check(),
        look.receipt());
  }

  /** Documents are called as where they are chosen. */
  private static String ground(LookBook.Ground ground, Words w) {
    return switch (ground) {
      case CONFIRMATION, NOTICE, PORTAL_SCREEN, OLD_CARD, UNSTATED -> w.say("basis" + ground);
      case CONSENT, CHECK, PRESENCE, NUMBERS, OTHER -> w.say("ground" + ground);
    };
  }

  private List<Deed> deeds(Seat seat) {
    return door().deeds(seat).stream()
        .map(deed ->
            new Deed(
                DeskRoom.dayAndClock(deed.at()),
                deed.login(),
                "deed" + deed.what(),
                deed.about(),
                deed.receipt()))
        .toList();
  }

  /** A look, ready to print. */
  record Look(
      String at,
      String name,
      String login,
      String system,
      String what,
      String ground,
      boolean list,
      boolean shown,
      String charts,
      String check,
      String receipt) {}

  /** Something done here, ready to print. */
  record Deed(String at, String login, String key, String about, String receipt) {}
}
