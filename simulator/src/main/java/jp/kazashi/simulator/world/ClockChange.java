package jp.kazashi.simulator.world;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How the world's time is to move. */
sealed interface ClockChange {
  /** To this instant. */
  record To(Instant instant) implements ClockChange {}

  /**
   * By a step of the calendar in Tokyo, clamped to the end of a shorter month, then by a duration.
   */
  record Step(Period calendar, Duration time) implements ClockChange {}

  /** Back to real time. */
  record Reset() implements ClockChange {}

  ZoneId TOKYO = ZoneId.of("Asia/Tokyo");

  /** The world's time after the change. */
  default Instant from(Instant world, Instant real) {
    return switch (this) {
      case To to -> to.instant();
      case Reset() -> real;
      case Step step -> {
        ZonedDateTime there = world.atZone(TOKYO).plus(step.calendar());
        yield there.plus(step.time()).toInstant();
      }
    };
  }

  /** An instant, a signed step such as +P3M or -PT2H, or the word reset. */
  static ClockChange parse(String text) {
    if (text.equals("reset")) {
      return new Reset();
    }
    try {
      return text.startsWith("+") || text.startsWith("-")
          ? step(text)
          : new To(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException | ArithmeticException unknown) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is no time: give an instant (2026-12-01T00:00:00Z), a step (+P3M, -P1D, +PT2H)"
              + " or reset.",
          unknown);
    }
  }

  private static Step step(String text) {
    Matcher parts = Pattern.compile("[+-]P([^T]*)(T.+)?").matcher(text);
    if (!parts.matches()) {
      throw new DateTimeException(text);
    }
    String days = parts.group(1);
    String time = parts.group(2);
    if (days.isEmpty() && time == null) {
      throw new DateTimeException(text);
    }
    Period calendar = days.isEmpty() ? Period.ZERO : Period.parse("P" + days);
    Duration duration = time == null ? Duration.ZERO : Duration.parse("P" + time);
    return text.startsWith("-")
        ? new Step(calendar.negated(), duration.negated())
        : new Step(calendar, duration);
  }
}
