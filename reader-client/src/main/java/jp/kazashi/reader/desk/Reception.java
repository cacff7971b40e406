package jp.kazashi.reader.desk;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import jp.kazashi.consent.Arrival;
import jp.kazashi.consent.Sentence;
import jp.kazashi.consent.StaffCall;
import jp.kazashi.consent.desk.FrontDesk;
import jp.kazashi.consent.desk.Seat;
import jp.kazashi.consent.desk.StaffDoor.Doing;
import jp.kazashi.consent.desk.Told;
import jp.kazashi.reader.link.GatewayReply;
import jp.kazashi.reader.link.LocalReason;
import jp.kazashi.reader.link.LocalReasons;
import jp.kazashi.reader.link.StaffPass;

/** What staff do for who stands before them: by sight, by chart, by the numbers of a document. */
public final class Reception implements FrontDesk {

  private static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");
  private static final int MONTHS_SHOWN = 6;
  private static final Sentence BY_SIGHT =
      new Sentence(
          "目視で確認しました。この受付だけに使われ、次の方には使われません。",
          "Confirmed by sight, for this visit only and for nobody after it.");

  private static final Sentence ATTENDED = new Sentence("対応にしました。", "Marked as attended.");

  private final String terminal;
  private final Seats seats;
  private final ArrivalList arrivals;
  private final SightPasses sights;
  private final Sight kiosk;
  private final Bell bell;
  private final ChartBook charts;
  private final Bookkeeping bookings;
  private final Supplier<List<Light>> selfTest;
  private final Diary diary;
  private final LocalReasons reasons;
  private final InstantSource world;

  Reception(
      String terminal,
      Seats seats,
      ArrivalList arrivals,
      SightPasses sights,
      Sight kiosk,
      Bell bell,
      ChartBook charts,
      Supplier<List<Light>> selfTest,
      Diary diary,
      LocalReasons reasons,
      InstantSource world) {
    this.terminal = terminal;
    this.seats = seats;
    this.arrivals = arrivals;
    this.sights = sights;
    this.kiosk = kiosk;
    this.bell = bell;
    this.charts = charts;
    this.bookings = new Bookkeeping(seats, diary, reasons, world);
    this.selfTest = selfTest;
    this.diary = diary;
    this.reasons = reasons;
    this.world = world;
  }

  /** The kiosk of this terminal, as far as staff have a hand in it. */
  public interface Sight {
    /** Whether whoever stands there could be confirmed by sight now. */
    boolean isOffered();

    /** Chooses it for them. */
    void choose();
  }

  // ---------------------------------------------------------------- by sight

  @Override
  public Told<Sentence> attend(Seat seat, String where) {
    if (where.equals(terminal)) {
      answersHere(seat, StaffCall.Want.HELP);
      arrivals.attended();
      return new Told.Yes<>(ATTENDED);
    }
    Optional<ArrivalList.CallElsewhere> call = arrivals.callFrom(where, StaffCall.Want.HELP);
    return call.isEmpty()
        ? new Told.Yes<>(ATTENDED)
        : seats.with(
            seat,
            (link, session) ->
                Telling.told(
                    link.answer(session, call.get().id()),
                    answered -> {
                      arrivals.callElsewhereIsOver(call.get());
                      return ATTENDED;
                    }));
  }

  /** The call ends here at once; the gateway hears who answered it when it can. */
  private void answersHere(Seat seat, StaffCall.Want want) {
    Told<StaffCall.Want> _ =
        seats.with(
            seat,
            (link, session) -> {
              bell.attendedBy(want, call -> link.answer(session, call));
              return new Told.Yes<>(want);
            });
  }

  @Override
  public Told<Sentence> confirmBySight(Seat seat, String where) {
    return where.equals(terminal) ? confirmHere(seat) : confirmElsewhere(seat, where);
  }

  private Told<Sentence> confirmHere(Seat seat) {
    if (!sights.isAwaited() && !kiosk.isOffered()) {
      return Telling.no(reasons, LocalReason.NOTHING_WAITS);
    }
    return seats.with(
        seat,
        (link, session) ->
            switch (link.confirmBySight(session, terminal)) {
              case GatewayReply.Given<StaffPass> given -> {
                diary.note(seat.login(), Doing.SIGHT, terminal, "");
                answersHere(seat, StaffCall.Want.SIGHT);
                answersHere(seat, StaffCall.Want.HELP);
                sights.give(given.value());
                kiosk.choose();
                arrivals.attended();
                yield new Told.Yes<>(BY_SIGHT);
              }
              case GatewayReply.Refused<StaffPass> refused -> Telling.no(refused.refusal());
            });
  }

  /** The pass is that terminal's alone, and it has asked for it. */
  private Told<Sentence> confirmElsewhere(Seat seat, String where) {
    Optional<ArrivalList.CallElsewhere> call = arrivals.callFrom(where, StaffCall.Want.SIGHT);
    return call.isEmpty()
        ? Telling.no(reasons, LocalReason.NOTHING_WAITS)
        : seats.with(
            seat,
            (link, session) ->
                Telling.told(
                    link.confirmBySight(session, where, call.get().id()),
                    pass -> {
                      diary.note(seat.login(), Doing.SIGHT, where, "");
                      arrivals.callElsewhereIsOver(call.get());
                      return BY_SIGHT;
                    }));
  }

  // ---------------------------------------------------------------- by chart

  @Override
  public Told<String> registerChart(Seat seat, String line, String number) {
    Optional<Arrival> arrival = arrivals.arrival(line);
    Optional<String> check = arrival.flatMap(Arrival::check);
    if (arrival.isEmpty()
        || check.isEmpty()
        || !(arrival.get().standing() instanceof Arrival.Standing.Answered answered)) {
      return Telling.no(reasons, LocalReason.NOTHING_WAITS);
    }
    return seats.with(
        seat,
        (link, session) ->
            Telling.told(
                link.send(
                    session,
                    "PUT",
                    "/v1/reference-numbers/" + encoded(number),
                    Map.of("checkId", check.get())),
                kept -> {
                  diary.note(seat.login(), Doing.CHART, check.get(), kept);
                  remember(answered.person(), number);
                  return kept.path("number").asText(number);
                }));
  }

  private static String encoded(String number) {
    return URLEncoder.encode(number, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private void remember(Arrival.Person person, String number) {
    try {
      charts.register(person.kana(), person.birthDate(), number);
      arrivals.chartsChanged();
    } catch (IOException unwritable) {
      // The gateway has it; only the suggestion of the next visit is lost.
    }
  }

  @Override
  public Told<Integer> takeInCharts(Seat seat, String lines) {
    if (seat.local()) {
      return Telling.no(reasons, LocalReason.LOCAL_SIGN_IN_ONLY);
    }
    try {
      Optional<Integer> taken = charts.takeIn(Csv.read(lines));
      if (taken.isEmpty()) {
        return Telling.no(reasons, LocalReason.LIST_UNREADABLE);
      }
      arrivals.chartsChanged();
      return new Told.Yes<>(taken.get());
    } catch (IOException unwritable) {
      return Telling.no(reasons, LocalReason.LIST_UNREADABLE);
    }
  }

  // ---------------------------------------------------------------- by the numbers of a document

  @Override
  public Told<Found> lookUp(Seat seat, Question question) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("insurerNumber", question.insurer());
    put(body, "symbol", question.symbol());
    body.put("number", question.number());
    put(body, "branchNumber", question.branch());
    body.put("birthDate", question.birthDate().toString());
    question.on().ifPresent(day -> body.put("on", day.toString()));
    body.put("basis", question.basis());
    question.issuedOn().ifPresent(day -> body.put("documentIssuedOn", day.toString()));
    question.validTo().ifPresent(day -> body.put("documentValidTo", day.toString()));
    return seats.with(
        seat,
        (link, session) ->
            Telling.told(
                link.send(session, "POST", "/v1/lookups", body),
                answer -> {
                  diary.note(seat.login(), Doing.LOOK_UP, "", answer);
                  return found(answer);
                }));
  }

  private static void put(Map<String, Object> body, String field, String value) {
    if (!value.isBlank()) {
      body.put(field, value);
    }
  }

  private static Found found(JsonNode answer) {
    JsonNode qualification = answer.path("qualification");
    List<String> numbers = new ArrayList<>();
    answer.path("referenceNumbers").forEach(number -> numbers.add(number.asText()));
    return new Found(
        Arrival.Validity.of(answer.path("validityCode").asInt()),
        qualification.isObject()
            ? Optional.of(CheckReading.person(qualification))
            : Optional.empty(),
        qualification.path("insurerName").asText(""),
        CheckReading.ratio(qualification),
        numbers,
        day(qualification, "validFrom"),
        day(qualification, "validTo"),
        CheckReading.sentence(answer.path("nextStep")));
  }

  static Optional<LocalDate> day(JsonNode node, String field) {
    return Optional.ofNullable(node.path(field).textValue()).map(LocalDate::parse);
  }

  // ---------------------------------------------------------------- bookings, usage, self-test

  @Override
  public Told<Bookings> askBookings(Seat seat, String lines) {
    return bookings.ask(seat, lines);
  }

  @Override
  public Told<Bookings> bookings(Seat seat, String id) {
    return bookings.state(seat, id);
  }

  @Override
  public Told<Usage> usage(Seat seat, Optional<YearMonth> asked) {
    YearMonth month = asked.orElseGet(() -> YearMonth.from(world.instant().atZone(JAPAN)));
    return seats.with(
        seat,
        (link, session) ->
            switch (link.get(session, "/v1/reports/usage?month=" + month)) {
              case GatewayReply.Given<JsonNode> given ->
                  new Told.Yes<>(usage(month, given.value(), before(link, session, month)));
              case GatewayReply.Refused<JsonNode> refused -> Telling.no(refused.refusal());
            });
  }

  private static List<Usage.Bar> before(DeskLink link, StaffSession session, YearMonth month) {
    List<Usage.Bar> bars = new ArrayList<>();
    for (int ago = MONTHS_SHOWN - 1; ago > 0; ago--) {
      YearMonth then = month.minusMonths(ago);
      if (link.get(session, "/v1/reports/usage?month=" + then)
          instanceof GatewayReply.Given<JsonNode> given) {
        bars.add(bar(then, given.value()));
      }
    }
    return bars;
  }

  private static Usage.Bar bar(YearMonth month, JsonNode report) {
    JsonNode total = report.path("total");
    return new Usage.Bar(month, total.path("cards").asLong(), total.path("keys").asLong());
  }

  private static Usage usage(YearMonth month, JsonNode report, List<Usage.Bar> before) {
    List<Usage.Row> rows = new ArrayList<>();
    report.path("rows").forEach(row -> rows.add(row(row)));
    List<Usage.Bar> bars = new ArrayList<>(before);
    bars.add(bar(month, report));
    return new Usage(month, rows, row(report.path("total")), bars);
  }

  private static Usage.Row row(JsonNode row) {
    return new Usage.Row(
        row.path("name").asText(),
        row.path("checks").asLong(),
        row.path("cards").asLong(),
        row.path("keys").asLong(),
        row.path("cardRate").isNumber() ? row.path("cardRate").asText() : "–",
        row.path("checkups").asLong(),
        row.path("medications").asLong(),
        row.path("care").asLong());
  }

  @Override
  public List<Light> selfTest(Seat seat) {
    return selfTest.get();
  }
}
