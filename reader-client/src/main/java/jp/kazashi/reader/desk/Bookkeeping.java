package jp.kazashi.reader.desk;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jp.kazashi.consent.desk.FrontDesk.Bookings;
import jp.kazashi.consent.desk.FrontDesk.Finding;
import jp.kazashi.consent.desk.Seat;
import jp.kazashi.consent.desk.StaffDoor.Doing;
import jp.kazashi.consent.desk.Told;
import jp.kazashi.consent.desk.WrittenDay;
import jp.kazashi.reader.link.GatewayReply;
import jp.kazashi.reader.link.LocalReason;
import jp.kazashi.reader.link.LocalReasons;
import jp.kazashi.reader.link.WireJson;

/** Tomorrow's bookings, checked as one job of the gateway. */
final class Bookkeeping {

  private static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");
  private static final int SOON_DAYS = 31;
  private static final int FIELDS = 6;
  private static final int LONGEST_BOOKING = 100;
  private static final int MOST_FINDINGS = 5_000;

  private final Seats seats;
  private final Diary diary;
  private final LocalReasons reasons;
  private final InstantSource world;
  private final ObjectMapper json = WireJson.mapper();

  Bookkeeping(Seats seats, Diary diary, LocalReasons reasons, InstantSource world) {
    this.seats = seats;
    this.diary = diary;
    this.reasons = reasons;
    this.world = world;
  }

  Told<Bookings> ask(Seat seat, String lines) {
    Optional<String> asked = lines.stripLeading().startsWith("{") ? Optional.of(lines) : csv(lines);
    if (asked.isEmpty() || asked.get().isBlank()) {
      return Telling.no(reasons, LocalReason.LIST_UNREADABLE);
    }
    return seats.with(
        seat,
        (link, session) ->
            Telling.told(
                link.askLines(session, "/v1/bulk-lookups", asked.get()),
                job -> {
                  diary.note(seat.login(), Doing.BOOKINGS, job.path("id").asText(), job);
                  return state(job, List.of());
                }));
  }

  /** Every line of the file is one of the job, so that its numbers are the file's. */
  private Optional<String> csv(String text) {
    StringBuilder all = new StringBuilder();
    for (List<String> line : Csv.read(text)) {
      if (line.size() < FIELDS) {
        return Optional.empty();
      }
      Optional<LocalDate> birth = WrittenDay.read(line.get(5));
      if (birth.isEmpty() && all.isEmpty()) {
        // The first line of most files says what the fields are.
        continue;
      }
      ObjectNode asked = json.createObjectNode();
      String booking = line.get(0);
      asked.put("id", booking.substring(0, Math.min(LONGEST_BOOKING, booking.length())));
      asked.put("insurerNumber", line.get(1));
      put(asked, "symbol", line.get(2));
      asked.put("number", line.get(3));
      put(asked, "branchNumber", line.get(4));
      birth.ifPresent(day -> asked.put("birthDate", day.toString()));
      all.append(asked).append('\n');
    }
    return Optional.of(all.toString());
  }

  private static void put(ObjectNode asked, String field, String value) {
    if (!value.isBlank()) {
      asked.put(field, value);
    }
  }

  Told<Bookings> state(Seat seat, String id) {
    if (!id.matches("[0-9a-f-]{36}")) {
      return Telling.no(reasons, LocalReason.NOTHING_WAITS);
    }
    String path = "/v1/bulk-lookups/" + id;
    return seats.with(
        seat,
        (link, session) ->
            switch (link.get(session, path)) {
              case GatewayReply.Refused<JsonNode> refused -> Telling.no(refused.refusal());
              case GatewayReply.Given<JsonNode> job when isFinished(job.value()) ->
                  Telling.told(
                      link.fetch(session, path, "application/x-ndjson"),
                      lines -> state(job.value(), findings(new String(lines, UTF_8))));
              case GatewayReply.Given<JsonNode> job ->
                  new Told.Yes<>(state(job.value(), List.of()));
            });
  }

  private static boolean isFinished(JsonNode job) {
    return job.path("state").asText().equals("FINISHED");
  }

  private static Bookings state(JsonNode job, List<Finding> findings) {
    return new Bookings(
        job.path("id").asText(),
        job.path("lines").asInt(),
        job.path("answered").asInt(),
        isFinished(job),
        findings);
  }

  private List<Finding> findings(String lines) {
    LocalDate today = LocalDate.ofInstant(world.instant(), JAPAN);
    List<Finding> findings = new ArrayList<>();
    for (String line : lines.lines().toList()) {
      if (findings.size() < MOST_FINDINGS) {
        finding(line, today).ifPresent(findings::add);
      }
    }
    return findings;
  }

  private Optional<Finding> finding(String line, LocalDate today) {
    try {
      JsonNode answer = json.readTree(line);
      Optional<LocalDate> until = ends(answer.path("qualification"));
      return kind(answer, until, today)
          .map(kind ->
              new Finding(
                  kind,
                  answer.path("line").asInt(),
                  answer.path("id").asText(""),
                  answer.path("qualification").path("name").asText(""),
                  answer.path("qualification").path("insurerName").asText(""),
                  until,
                  CheckReading.sentence(answer.path("nextStep"))));
    } catch (JsonProcessingException halfALine) {
      return Optional.empty();
    }
  }

  private static Optional<Finding.Kind> kind(
      JsonNode answer, Optional<LocalDate> until, LocalDate today) {
    if (!answer.path("validityCode").isInt()) {
      return Optional.of(Finding.Kind.UNREADABLE);
    }
    return switch (answer.path("validityCode").asInt()) {
      case 1, 6 ->
          until
              .filter(day -> day.isBefore(today.plusDays(SOON_DAYS)))
              .map(day -> day.isBefore(today) ? Finding.Kind.EXPIRED : Finding.Kind.EXPIRING);
      case 2 -> Optional.of(Finding.Kind.EXPIRED);
      case 3 -> Optional.of(Finding.Kind.CHANGED_INSURER);
      default -> Optional.of(Finding.Kind.NOT_FOUND);
    };
  }

  /** The first end of all that a qualification and its certificates say. */
  private static Optional<LocalDate> ends(JsonNode qualification) {
    return Stream.of(
            Reception.day(qualification, "validTo"),
            Reception.day(qualification, "cardValidTo"),
            Reception.day(qualification.path("limitCertificate"), "validTo"),
            Reception.day(qualification.path("elderlyCertificate"), "validTo"))
        .flatMap(Optional::stream)
        .min(Comparator.naturalOrder());
  }
}
