package jp.kazashi.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What one run found: {@code latest.json} for programs and {@code latest.html} for people, written
 * by rename.
 */
public final class Report {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final String scenario;
  private final Map<String, Object> values = new LinkedHashMap<>();
  private final List<Measure> measures = new ArrayList<>();

  public Report(String scenario) {
    this.scenario = scenario;
    values.put("scenario", scenario);
  }

  public void put(String name, Object value) {
    values.put(name, value);
  }

  /** A figure; where it has a target, that is shown and never asserted. */
  private record Measure(String name, Object value, String unit, String target, boolean reached) {
    String state() {
      return target.isEmpty() ? "" : reached ? "reached" : "missed";
    }

    String line() {
      String told = target.isEmpty() ? "" : "target " + target + ": " + state();
      return String.format(Locale.ROOT, "%-58s %12s %-10s %s", name, value, unit, told);
    }

    String row() {
      return "<tr class=\"%s\"><th scope=\"row\">%s</th><td class=\"number\">%s</td><td>%s</td><td>%s</td><td>%s</td></tr>\n"
          .formatted(
              state(),
              escaped(name),
              escaped(value.toString()),
              escaped(unit),
              escaped(target),
              state());
    }
  }

  public void measure(String name, double value, String unit, String target, boolean reached) {
    measures.add(new Measure(name, rounded(value), unit, target, reached));
  }

  public void measure(String name, double value, String unit) {
    measure(name, value, unit, "", true);
  }

  public void write(Path folder) throws IOException {
    values.put("measures", measures);
    Files.createDirectories(folder);
    write(folder.resolve("latest.json"), JSON.writeValueAsString(values) + "\n");
    write(folder.resolve("latest.html"), html());
  }

  /** Every measure on a line. */
  public List<String> lines() {
    return measures.stream().map(Measure::line).toList();
  }

  private String html() {
    StringBuilder charts = new StringBuilder();
    values.forEach((name, value) -> {
      if (value instanceof Chart chart) {
        charts.append(chart.svg(name));
      }
    });
    return """
    <!doctype html>
    <html lang="en">
    <meta charset="utf-8">
    <title>Kazashi bench: %1$s</title>
    <style>
    body { font: 1rem/1.5 sans-serif; margin: 2rem; max-width: 70rem; color: #1a1a1c }
    table { border-collapse: collapse } th, td { text-align: left; padding: .3rem .8rem; border-bottom: 1px solid #ccc }
    .number { text-align: right; font-variant-numeric: tabular-nums }
    .missed td:last-child { color: #b00020; font-weight: bold } .reached td:last-child { color: #115a36 }
    svg { display: block; margin: 1rem 0 }
    </style>
    <h1>Kazashi bench: %1$s</h1>
    <table><thead><tr><th>measure<th>value<th>unit<th>target<th></tr></thead><tbody>
    %2$s</tbody></table>
    %3$s</html>
    """
        .formatted(
            escaped(scenario),
            measures.stream().map(Measure::row).collect(Collectors.joining()),
            charts);
  }

  /** Bars of some named figures. */
  public record Chart(String unit, Map<String, Double> bars) {
    public Chart {
      bars = new LinkedHashMap<>(bars);
    }

    String svg(String title) {
      double most = bars.values().stream().mapToDouble(Double::doubleValue).max().orElse(1);
      StringBuilder svg = new StringBuilder();
      int y = 0;
      for (Map.Entry<String, Double> bar : bars.entrySet()) {
        svg.append(
            String.format(
                Locale.ROOT,
                "<text x=\"0\" y=\"%d\">%s</text><rect x=\"260\" y=\"%d\" width=\"%.0f\""
                    + " height=\"16\" fill=\"#0017c1\"/><text x=\"%.0f\" y=\"%d\">%,.3g"
                    + " %s</text>%n",
                y + 14,
                escaped(bar.getKey()),
                y + 2,
                Math.max(1, 400 * bar.getValue() / most),
                270 + 400 * bar.getValue() / most,
                y + 14,
                bar.getValue(),
                escaped(unit)));
        y += 24;
      }
      return "<h2>%s</h2><svg width=\"900\" height=\"%d\" font-size=\"13\" role=\"img\" aria-label=\"%s\">%s</svg>%n"
          .formatted(escaped(title), y, escaped(title), svg);
    }
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }

  static Object rounded(double value) {
    if (!Double.isFinite(value)) {
      return "unknown";
    }
    return Math.abs(value) >= 1000 ? (Object) Math.round(value) : Math.round(value * 1000) / 1000.0;
  }

  private static void write(Path file, String text) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.writeString(part, text);
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
