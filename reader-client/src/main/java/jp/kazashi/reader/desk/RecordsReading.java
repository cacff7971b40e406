package jp.kazashi.reader.desk;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import jp.kazashi.consent.MedicalCategory;
import jp.kazashi.consent.desk.RecordsDesk;
import jp.kazashi.consent.desk.Seat;
import jp.kazashi.consent.desk.StaffDoor.Doing;
import jp.kazashi.consent.desk.Told;
import jp.kazashi.reader.link.GatewayReply;
import jp.kazashi.reader.link.LocalReason;
import jp.kazashi.reader.link.LocalReasons;

/** Reads what a patient let this institution see; each read is in the gateway's audit. */
public final class RecordsReading implements RecordsDesk {

  private final Seats seats;
  private final Diary diary;
  private final LocalReasons reasons;

  RecordsReading(Seats seats, Diary diary, LocalReasons reasons) {
    this.seats = seats;
    this.diary = diary;
    this.reasons = reasons;
  }

  @Override
  public Told<Records> records(Seat seat, String check) {
    if (!isCheck(check)) {
      return Telling.no(reasons, LocalReason.NOTHING_WAITS);
    }
    return seats.with(
        seat,
        (link, session) ->
            switch (link.get(session, "/v1/checks/" + check)) {
              case GatewayReply.Refused<JsonNode> refused -> Telling.no(refused.refusal());
              case GatewayReply.Given<JsonNode> found ->
                  read(seat, link, session, check, CheckReading.consents(found.value()));
            });
  }

  /** All that was consented to; a category that is refused is why the page says so. */
  private Told<Records> read(
      Seat seat,
      DeskLink link,
      StaffSession session,
      String check,
      List<MedicalCategory> readable) {
    if (readable.isEmpty()) {
      // The gateway's own words for it.
      return Telling.told(
          link.get(session, path(check, MedicalCategory.MEDICATION)),
          nothing -> new Records(check, List.of(), List.of(), List.of(), List.of()));
    }
    List<Drug> drugs = new ArrayList<>();
    List<Event> events = new ArrayList<>();
    Map<String, Measure> measures = new LinkedHashMap<>();
    for (MedicalCategory category : readable) {
      switch (link.get(session, path(check, category))) {
        case GatewayReply.Refused<JsonNode> refused -> {
          return Telling.no(refused.refusal());
        }
        case GatewayReply.Given<JsonNode> given -> {
          diary.note(seat.login(), Doing.reading(category), check, given.value());
          JsonNode records = given.value().path("records");
          switch (category) {
            case MEDICATION -> records.forEach(record -> drugs.add(drug(record)));
            case CHECKUP -> records.forEach(record -> measure(record, measures));
            case CARE, SURGERY -> records.forEach(record -> events.add(event(record, category)));
          }
        }
      }
    }
    return new Told.Yes<>(
        new Records(check, readable, drugs, List.copyOf(measures.values()), events));
  }

  @Override
  public Told<byte[]> paper(Seat seat, String check, MedicalCategory category) {
    if (!isCheck(check)) {
      return Telling.no(reasons, LocalReason.NOTHING_WAITS);
    }
    return seats.with(
        seat,
        (link, session) ->
            Telling.told(
                link.fetch(session, path(check, category), "application/pdf"),
                pdf -> {
                  diary.note(seat.login(), Doing.printing(category), check, "");
                  return pdf;
                }));
  }

  private static boolean isCheck(String check) {
    return check.matches("[0-9a-f-]{36}");
  }

  private static String path(String check, MedicalCategory category) {
    String word =
        switch (category) {
          case MEDICATION -> "medications";
          case CHECKUP -> "checkups";
          case CARE -> "care";
          case SURGERY -> "surgeries";
        };
    return "/v1/checks/" + check + "/" + word;
  }

  private static Drug drug(JsonNode record) {
    String name = record.path("name").asText();
    return new Drug(
        LocalDate.parse(record.path("date").asText()),
        record.path("facilityName").asText(""),
        name,
        record.path("ingredient").asText(name),
        record.path("quantity").asText("") + record.path("unit").asText(""),
        record.path("usage").asText(""),
        record.path("days").asInt());
  }

  private static void measure(JsonNode checkup, Map<String, Measure> measures) {
    LocalDate date = LocalDate.parse(checkup.path("date").asText());
    checkup
        .path("results")
        .forEach(result -> {
          String name = result.path("name").asText();
          String unit = result.path("unit").asText("");
          Measure before = measures.get(name + unit);
          List<Point> points = new ArrayList<>(before == null ? List.of() : before.points());
          points.add(point(date, result));
          measures.put(name + unit, new Measure(name, unit, List.copyOf(points)));
        });
  }

  private static Point point(LocalDate date, JsonNode result) {
    String value = result.path("value").asText();
    return new Point(
        date,
        value,
        isQuantity(result) ? number(value) : Optional.empty(),
        Optional.ofNullable(result.get("low"))
            .filter(JsonNode::isNumber)
            .map(JsonNode::decimalValue),
        Optional.ofNullable(result.get("high"))
            .filter(JsonNode::isNumber)
            .map(JsonNode::decimalValue),
        result.path("outOfRange").asBoolean());
  }

  /** A code is written in digits as well, and is nothing to draw. */
  private static boolean isQuantity(JsonNode result) {
    return result.path("type").asText("PQ").equals("PQ");
  }

  private static Optional<BigDecimal> number(String value) {
    return value.matches("-?[0-9]{1,12}(\\.[0-9]{1,6})?")
        ? Optional.of(new BigDecimal(value))
        : Optional.empty();
  }

  private static Event event(JsonNode record, MedicalCategory category) {
    return new Event(
        LocalDate.parse(record.path("date").asText()),
        category,
        Stream.of(CareKind.values())
            .filter(kind -> kind.name().equals(record.path("kind").asText()))
            .findFirst(),
        record.path("practice").path("name").asText(""),
        record.path("facilityName").asText(""));
  }
}
