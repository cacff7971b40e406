package jp.kazashi.reader.desk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import jp.kazashi.consent.Arrival;
import jp.kazashi.reader.link.GatewayReply;
import jp.kazashi.reader.link.HttpLine;
import jp.kazashi.reader.link.WireJson;

/**
 * Hears what happens at the institution, for as long as somebody is signed in here, and keeps the
 * arrival list by it. It goes on where it stopped: nothing of today is missed.
 */
final class EventFeed implements Runnable {

  private static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");
  private static final Duration BEFORE_ASKING_AGAIN = Duration.ofSeconds(1);
  private static final int MOST_TRIES = 90;

  private final DeskLink link;
  private final Seats seats;
  private final ArrivalList arrivals;
  private final InstantSource world;
  private final LongSupplier ticks;
  private final ObjectMapper json = WireJson.mapper();
  private final Semaphore seated = new Semaphore(0);
  private long last;
  private OpenCalls calls = OpenCalls.NONE;

  EventFeed(
      DeskLink link, Seats seats, ArrivalList arrivals, InstantSource world, LongSupplier ticks) {
    this.link = link;
    this.seats = seats;
    this.arrivals = arrivals;
    this.world = world;
    this.ticks = ticks;
    seats.whenSeated(seated::release);
  }

  @Override
  public void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Optional<StaffSession> session = seats.anySession();
        if (session.isEmpty()) {
          seated.acquire();
        } else {
          HttpLine.StreamEnd end = listen(session.get());
          if (end.isTurnedAway()) {
            seats.ended(session.get());
          } else {
            endCalls();
            pause();
          }
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpLine.StreamEnd listen(StaffSession session) {
    Told told = new Told();
    return link.listen(
        session,
        last,
        line -> {
          told.take(line);
          if (line.isEmpty()) {
            happened(session, told);
            told.clear();
          } else if (line.startsWith(":")) {
            breathe();
          }
          return !Thread.currentThread().isInterrupted();
        });
  }

  private void happened(StaffSession session, Told told) {
    try {
      switch (told.event) {
        case "READY" -> hearCalls(session);
        case "call" -> {
          if (told.id > calls.asOf()) {
            hearCalls(session);
          }
        }
        case "check", "consent", "reconciliation" ->
            tell(session, json.readTree(told.data.toString()));
        default -> {}
      }
    } catch (JsonProcessingException | IllegalArgumentException | DateTimeParseException other) {
      // Not an event this desk knows how to read.
    }
    if (told.id > 0) {
      last = told.id;
    }
  }

  private void tell(StaffSession session, JsonNode event) {
    String check = event.path("checkId").asText();
    Optional<Arrival> known = arrivals.ofCheck(check);
    Optional<Instant> at = CheckReading.instant(event, "at").or(() -> known.map(Arrival::at));
    if (!check.matches("[0-9a-f-]{36}") || at.filter(this::isToday).isEmpty()) {
      return;
    }
    String terminal = event.path("terminal").asText();
    String method = event.path("method").asText();
    // Judged today, whenever it was recorded.
    Instant shown = CheckReading.instant(event, "recordedAt").or(() -> at).orElseThrow();
    fetch(session, check)
        .ifPresent(answer ->
            arrivals.hears(CheckReading.read(answer, check, shown, terminal, method, known)));
  }

  private boolean isToday(Instant at) {
    LocalDate today = LocalDate.ofInstant(world.instant(), JAPAN);
    return !LocalDate.ofInstant(at, JAPAN).isBefore(today);
  }

  /** The stream lives; whether everybody who is signed in here still is, is asked now. */
  private void breathe() {
    seats.look().ifPresent(this::hear);
  }

  private void hearCalls(StaffSession session) {
    seats.calls(session).ifPresent(this::hear);
  }

  private void hear(JsonNode answer) {
    hear(OpenCalls.read(answer, world.instant(), ticks.getAsLong()));
  }

  private void hear(OpenCalls open) {
    calls = open;
    arrivals.hearsCalls(open.open().stream().map(OpenCalls.Open::call).toList());
  }

  /** While nobody tells, calls end by themselves. */
  private void endCalls() {
    hear(calls.without(ticks.getAsLong()));
  }

  /** Too many at once, or a line that broke, is no reason to lose one. */
  private Optional<JsonNode> fetch(StaffSession session, String check) {
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      switch (link.get(session, "/v1/checks/" + check)) {
        case GatewayReply.Given<JsonNode> given -> {
          return Optional.of(given.value());
        }
        case GatewayReply.Refused<JsonNode> refused -> {
          if (!refused.refusal().isOfDeadLine()
              && !refused.refusal().reason().value().startsWith("TOO_MANY")) {
            return Optional.empty();
          }
        }
      }
      try {
        pause();
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** Somebody who signs in meanwhile is not kept waiting. */
  private void pause() throws InterruptedException {
    boolean _ = seated.tryAcquire(BEFORE_ASKING_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** One event as it comes, line by line. */
  private static final class Told {
    private long id;
    private String event = "";
    private final StringBuilder data = new StringBuilder();

    void take(String line) {
      if (line.startsWith("id:")) {
        String text = line.substring(3).strip();
        id = text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
      } else if (line.startsWith("event:")) {
        event = line.substring(6).strip();
      } else if (line.startsWith("data:")) {
        data.append(line.substring(5).strip());
      }
    }

    void clear() {
      id = 0;
      event = "";
      data.setLength(0);
    }
  }
}
