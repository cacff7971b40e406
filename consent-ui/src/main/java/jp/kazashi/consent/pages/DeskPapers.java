package jp.kazashi.consent.pages;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import jp.kazashi.consent.Arrival;
import jp.kazashi.consent.Language;
import jp.kazashi.consent.MedicalCategory;
import jp.kazashi.consent.desk.FrontDesk;
import jp.kazashi.consent.desk.RecordsDesk;
import jp.kazashi.consent.desk.RecordsDesk.Records;
import jp.kazashi.consent.desk.Seat;
import jp.kazashi.consent.desk.Told;
import jp.kazashi.consent.pages.DeskRoom.Reply;
import org.jspecify.annotations.Nullable;

/** What is read rather than filled in: records, the self-test, the use of a month. */
final class DeskPapers {

  private static final int YEARS = 5;
  private static final int LANE_BEGIN = 101;
  private static final int LANE_WIDTH = 1000;
  private static final int LANE_HEIGHT = 28;
  private static final int BAR_HEIGHT = 120;

  private final DeskRoom room;
  private final Function<String, Optional<Arrival.Person>> who;

  /**
   * Over what the office tells.
   *
   * @param who a check was about: records are read, and printed, with a name on them
   */
  DeskPapers(DeskRoom room, Function<String, Optional<Arrival.Person>> who) {
    this.room = room;
    this.who = who;
  }

  void mount(Router router) {
    router
        .get("/records/:check")
        .handler(visit -> room.page(visit, (seat, language) -> records(visit, seat, language)));
    router
        .get("/records/:check/:category")
        .handler(visit -> room.page(visit, (seat, language) -> paper(visit, seat, language)));
    router
        .get("/self-test")
        .handler(visit -> room.page(visit, (seat, language) -> selfTest(visit, seat, language)));
    router
        .get("/usage")
        .handler(visit -> room.page(visit, (seat, language) -> usage(visit, seat, language)));
  }

  // ---------------------------------------------------------------- records

  private Reply records(RoutingContext visit, Seat seat, Language language) {
    String check = visit.pathParam("check");
    return switch (room.office().records().records(seat, check)) {
      case Told.Yes<Records> yes -> {
        Map<String, Object> data = new HashMap<>(timeline(language, yes.what()));
        data.put("person", who.apply(check));
        yield room.show(visit, language, "records", data);
      }
      case Told.No<Records> no -> why(visit, language, no);
    };
  }

  private Reply why(RoutingContext visit, Language language, Told.No<?> no) {
    return room.show(
        visit,
        language,
        "no-page",
        Map.of("reason", no.reason(), "nextStep", no.nextStep().in(language)));
  }

  private Map<String, Object> timeline(Language language, Records records) {
    LocalDate last = lastDay(records);
    YearMonth end = YearMonth.from(last);
    YearMonth begin = end.minusMonths(12L * YEARS - 1);
    List<MeasureChart> charts = new ArrayList<>();
    List<RecordsDesk.Measure> words = new ArrayList<>();
    for (RecordsDesk.Measure measure : records.measures()) {
      MeasureChart.of(measure, begin.atDay(1), last)
          .ifPresentOrElse(charts::add, () -> words.add(measure));
    }
    return Map.of(
        "records",
        records,
        "hasRecords",
        !last.equals(LocalDate.EPOCH),
        "readable",
        records.readable(),
        "lanes",
        lanes(language, records, begin),
        "laneHeight",
        records.readable().size() * LANE_HEIGHT + LANE_HEIGHT,
        "years",
        years(begin),
        "drugs",
        DrugTable.of(records.drugs()),
        "charts",
        charts,
        "words",
        words,
        "events",
        records.events().stream()
            .sorted(Comparator.comparing(RecordsDesk.Event::date).reversed())
            .toList());
  }

  private static LocalDate lastDay(Records records) {
    return Stream.of(
            records.drugs().stream().map(RecordsDesk.Drug::date),
            records.events().stream().map(RecordsDesk.Event::date),
            records.measures().stream()
                .flatMap(measure -> measure.points().stream())
                .map(RecordsDesk.Point::date))
        .flatMap(days -> days)
        .max(Comparator.naturalOrder())
        .orElse(LocalDate.EPOCH);
  }

  /** Where on the five years something is, a lane for each category. */
  private List<Lane> lanes(Language language, Records records, YearMonth begin) {
    Words w = room.words(language);
    List<Lane> lanes = new ArrayList<>();
    for (MedicalCategory category : records.readable()) {
      List<LocalDate> days =
          switch (category) {
            case MEDICATION -> records.drugs().stream().map(RecordsDesk.Drug::date).toList();
            case CHECKUP ->
                records.measures().stream()
                    .flatMap(measure -> measure.points().stream())
                    .map(RecordsDesk.Point::date)
                    .toList();
            case CARE, SURGERY ->
                records.events().stream()
                    .filter(event -> event.category() == category)
                    .map(RecordsDesk.Event::date)
                    .toList();
          };
      List<Mark> marks =
          days.stream()
              .map(YearMonth::from)
              .distinct()
              .sorted()
              .filter(month -> !month.isBefore(begin))
              .map(month -> new Mark(place(begin, month), month.toString()))
              .toList();
      lanes.add(
          new Lane(
              category,
              w.say("category" + category.name()),
              18 + lanes.size() * LANE_HEIGHT,
              marks,
              String.join(", ", marks.stream().map(Mark::month).toList())));
    }
    return lanes;
  }

  private static List<Mark> years(YearMonth begin) {
    return IntStream.range(0, 12 * YEARS)
        .mapToObj(begin::plusMonths)
        .filter(month -> month.getMonthValue() == 1)
        .map(month -> new Mark(place(begin, month), String.valueOf(month.getYear())))
        .toList();
  }

  private static int place(YearMonth begin, YearMonth month) {
    long months = ChronoUnit.MONTHS.between(begin, month);
    return LANE_BEGIN + (int) (months * LANE_WIDTH / (12L * YEARS));
  }

  private Reply paper(RoutingContext visit, Seat seat, Language language) {
    String word = visit.pathParam("category").replaceFirst("\\.pdf$", "");
    Optional<MedicalCategory> category = MedicalCategory.named(word);
    if (category.isEmpty()) {
      return Reply.html(404, "");
    }
    String check = visit.pathParam("check");
    return switch (room.office().records().paper(seat, check, category.get())) {
      case Told.Yes<byte[]> yes ->
          new Reply(
              200,
              "application/pdf",
              Buffer.buffer(yes.what()),
              Map.of(
                  "Content-Disposition", "inline; filename=\"" + category.get().word() + ".pdf\""));
      case Told.No<byte[]> no -> why(visit, language, no);
    };
  }

  // ---------------------------------------------------------------- self-test

  private Reply selfTest(RoutingContext visit, Seat seat, Language language) {
    List<Light> lights =
        room.office().front().selfTest(seat).stream()
            .map(light ->
                new Light(
                    "subject" + light.subject().name(),
                    light.state().name(),
                    light.says().in(language),
                    light.remedy().map(remedy -> remedy.in(language)).orElse("")))
            .toList();
    return room.show(visit, language, "self-test", Map.of("lights", lights));
  }

  // ---------------------------------------------------------------- usage

  private Reply usage(RoutingContext visit, Seat seat, Language language) {
    Optional<YearMonth> month = month(visit.request().getParam("month"));
    return switch (room.office().front().usage(seat, month)) {
      case Told.Yes<FrontDesk.Usage> yes ->
          room.show(
              visit, language, "usage", Map.of("usage", yes.what(), "bars", bars(yes.what())));
      case Told.No<FrontDesk.Usage> no -> why(visit, language, no);
    };
  }

  private static Optional<YearMonth> month(@Nullable String text) {
    try {
      return text == null ? Optional.empty() : Optional.of(YearMonth.parse(text));
    } catch (DateTimeException notAMonth) {
      return Optional.empty();
    }
  }

  private static List<Bar> bars(FrontDesk.Usage usage) {
    long most =
        Math.max(
            1, usage.bars().stream().mapToLong(bar -> bar.cards() + bar.keys()).max().orElse(1));
    List<Bar> bars = new ArrayList<>();
    for (FrontDesk.Usage.Bar bar : usage.bars()) {
      int cards = (int) (bar.cards() * BAR_HEIGHT / most);
      int keys = (int) (bar.keys() * BAR_HEIGHT / most);
      bars.add(
          new Bar(
              bar.month().toString(),
              20 + bars.size() * 70,
              BAR_HEIGHT + 20 - cards,
              cards,
              BAR_HEIGHT + 20 - cards - keys,
              keys,
              bar.cards(),
              bar.keys()));
    }
    return bars;
  }

  /** One lane of the five years. */
  record Lane(MedicalCategory category, String name, int y, List<Mark> marks, String spoken) {
    public int top() {
      return y - 5;
    }

    public int middle() {
      return y + 3;
    }
  }

  /** A month on the line of time. */
  record Mark(int x, String month) {}

  /** A light, ready to print. */
  record Light(String subject, String state, String says, String remedy) {}

  /** A month of the chart, ready to print. */
  record Bar(
      String month,
      int x,
      int cardsY,
      int cardsHeight,
      int keysY,
      int keysHeight,
      long cards,
      long keys) {}

  /** Drugs by ingredient down and month across. */
  record DrugTable(List<String> months, List<Row> rows) {

    static DrugTable of(List<RecordsDesk.Drug> drugs) {
      List<YearMonth> months =
          drugs.stream()
              .map(RecordsDesk.Drug::month)
              .distinct()
              .sorted(Comparator.reverseOrder())
              .toList();
      Map<String, List<RecordsDesk.Drug>> byIngredient = new TreeMap<>();
      drugs.forEach(drug ->
          byIngredient.computeIfAbsent(drug.ingredient(), none -> new ArrayList<>()).add(drug));
      return new DrugTable(
          months.stream().map(YearMonth::toString).toList(),
          byIngredient.entrySet().stream()
              .map(entry -> row(entry.getKey(), entry.getValue(), months))
              .toList());
    }

    private static Row row(String ingredient, List<RecordsDesk.Drug> drugs, List<YearMonth> all) {
      return new Row(
          ingredient,
          String.join("、", drugs.stream().map(RecordsDesk.Drug::name).distinct().sorted().toList()),
          all.stream()
              .map(month ->
                  drugs.stream().filter(drug -> drug.month().equals(month)).map(Given::of).toList())
              .toList());
    }
  }

  /** One ingredient. */
  record Row(String ingredient, String names, List<List<Given>> cells) {}

  /** One drug of one day. */
  record Given(String day, String amount, int days, String facility, String usage) {
    static Given of(RecordsDesk.Drug drug) {
      return new Given(
          drug.date().toString(), drug.amount(), drug.days(), drug.facility(), drug.usage());
    }
  }
}
