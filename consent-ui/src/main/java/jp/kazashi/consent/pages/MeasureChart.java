package jp.kazashi.consent.pages;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import jp.kazashi.consent.desk.RecordsDesk.Measure;
import jp.kazashi.consent.desk.RecordsDesk.Point;

/**
 * One item of checkups as a small chart: five years across, the reference range as a band. All
 * coordinates are made here; the template only prints them.
 *
 * @param band empty where no value has a reference range
 * @param spoken the whole chart in words
 */
record MeasureChart(
    String name,
    String unit,
    String line,
    List<Dot> dots,
    Optional<Band> band,
    String last,
    boolean lastOut,
    String range,
    String spoken) {

  static final int WIDTH = 240;
  static final int HEIGHT = 84;
  private static final int MARGIN = 8;
  private static final double ROOM = 0.15;

  /** A value. */
  record Dot(String x, String y, boolean out, String label) {}

  /** The reference range. */
  record Band(String y, String height) {}

  /** Of an item with at least one number among its values. */
  static Optional<MeasureChart> of(Measure measure, LocalDate from, LocalDate to) {
    List<Point> numbers =
        measure.points().stream().filter(point -> point.number().isPresent()).toList();
    return numbers.isEmpty() ? Optional.empty() : Optional.of(draw(measure, numbers, from, to));
  }

  private static MeasureChart draw(
      Measure measure, List<Point> numbers, LocalDate from, LocalDate to) {
    Scale scale = Scale.of(numbers, from, to);
    List<Dot> dots = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (Point point : numbers) {
      String x = text(scale.x(point.date()));
      String y = text(scale.y(point.number().orElseThrow().doubleValue()));
      dots.add(
          new Dot(x, y, point.outOfRange(), point.date() + " " + point.value() + measure.unit()));
      line.append(x).append(',').append(y).append(' ');
    }
    Point last = numbers.getLast();
    return new MeasureChart(
        measure.name(),
        measure.unit(),
        line.toString().strip(),
        dots,
        band(last, scale),
        last.value(),
        last.outOfRange(),
        range(last),
        spoken(measure, numbers));
  }

  /** Open to one side where the range is. */
  private static Optional<Band> band(Point last, Scale scale) {
    if (last.low().isEmpty() && last.high().isEmpty()) {
      return Optional.empty();
    }
    double top = last.high().map(high -> scale.y(high.doubleValue())).orElse((double) MARGIN);
    double bottom =
        last.low().map(low -> scale.y(low.doubleValue())).orElse((double) HEIGHT - MARGIN);
    return Optional.of(new Band(text(top), text(Math.max(1, bottom - top))));
  }

  private static String range(Point point) {
    if (point.low().isEmpty() && point.high().isEmpty()) {
      return "";
    }
    return point.low().map(BigDecimal::toPlainString).orElse("")
        + "–"
        + point.high().map(BigDecimal::toPlainString).orElse("");
  }

  private static String spoken(Measure measure, List<Point> numbers) {
    StringBuilder words = new StringBuilder(measure.name());
    for (Point point : numbers) {
      words
          .append(", ")
          .append(point.date())
          .append(' ')
          .append(point.value())
          .append(measure.unit())
          .append(point.outOfRange() ? " !" : "");
    }
    return words.toString();
  }

  private static String text(double number) {
    return String.format(Locale.ROOT, "%.1f", number);
  }

  /** From days and values to places on the chart. */
  private record Scale(LocalDate from, long days, double least, double most) {

    static Scale of(List<Point> points, LocalDate from, LocalDate to) {
      double[] all =
          points.stream()
              .flatMap(point -> Stream.of(point.number(), point.low(), point.high()))
              .flatMap(Optional::stream)
              .mapToDouble(BigDecimal::doubleValue)
              .sorted()
              .toArray();
      double least = all[0];
      double most = all[all.length - 1];
      double air = Math.max((most - least) * ROOM, Math.abs(most) * 0.02 + 0.1);
      return new Scale(
          from, Math.max(1, ChronoUnit.DAYS.between(from, to)), least - air, most + air);
    }

    double x(LocalDate date) {
      double share = (double) ChronoUnit.DAYS.between(from, date) / days;
      return MARGIN + Math.clamp(share, 0, 1) * (WIDTH - 2.0 * MARGIN);
    }

    double y(double value) {
      double share = (value - least) / (most - least);
      return HEIGHT - MARGIN - share * (HEIGHT - 2.0 * MARGIN);
    }
  }
}
