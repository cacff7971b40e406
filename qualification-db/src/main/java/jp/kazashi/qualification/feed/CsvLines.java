package jp.kazashi.qualification.feed;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import jp.kazashi.qualification.intake.IntakeKind;
import jp.kazashi.qualification.intake.LineType;
import jp.kazashi.qualification.intake.ReadLine;
import jp.kazashi.qualification.intake.RejectedLine;
import org.jspecify.annotations.Nullable;

/** RFC 4180 without line breaks inside fields; the first line names the fields. */
final class CsvLines implements FeedReader.LineForm {
  private final IntakeKind intake;
  private List<String> header = List.of();

  CsvLines(IntakeKind intake) {
    this.intake = intake;
  }

  @Override
  public void read(String text, byte[] bytes, int number, Consumer<ReadLine> lines)
      throws DeliveryRefused {
    List<String> values = split(text);
    if (header.isEmpty()) {
      header = headerOf(values);
      return;
    }
    if (values.size() != header.size()) {
      lines.accept(
          new RejectedLine(
              Integer.toString(number),
              "line",
              values.isEmpty()
                  ? "has a quote that does not end"
                  : "has " + values.size() + " fields instead of " + header.size()));
      return;
    }
    Map<String, @Nullable String> fields = new LinkedHashMap<>();
    for (int at = 0; at < values.size(); at++) {
      if (!values.get(at).isEmpty()) {
        fields.put(header.get(at), values.get(at));
      }
    }
    lines.accept(Line.of(intake, fields, bytes, number));
  }

  private List<String> headerOf(List<String> names) throws DeliveryRefused {
    Set<String> known = new HashSet<>(Set.of("type", "line"));
    for (LineType type : LineType.values()) {
      if (type.belongsTo(intake)) {
        known.addAll(type.fields());
      }
    }
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!known.contains(name)) {
        throw new DeliveryRefused("header", "The column " + shortened(name) + " is unknown");
      }
      if (!seen.add(name)) {
        throw new DeliveryRefused("header", "The column " + name + " comes twice");
      }
    }
    if (!seen.contains("type")) {
      throw new DeliveryRefused("header", "The column type is missing");
    }
    return names;
  }

  private static String shortened(String name) {
    return name.length() <= 40 ? name : name.substring(0, 40) + "…";
  }

  /** The fields of a line; none when a quote does not end. */
  static List<String> split(String text) {
    List<String> fields = new ArrayList<>();
    int at = 0;
    while (true) {
      if (at < text.length() && text.charAt(at) == '"') {
        StringBuilder field = new StringBuilder();
        at++;
        while (true) {
          int quote = text.indexOf('"', at);
          if (quote < 0) {
            return List.of();
          }
          field.append(text, at, quote);
          at = quote + 1;
          if (at < text.length() && text.charAt(at) == '"') {
            field.append('"');
            at++;
          } else {
            break;
          }
        }
        if (at < text.length() && text.charAt(at) != ',') {
          return List.of();
        }
        fields.add(field.toString());
      } else {
        int comma = text.indexOf(',', at);
        int end = comma < 0 ? text.length() : comma;
        fields.add(text.substring(at, end));
        at = end;
      }
      if (at >= text.length()) {
        return fields;
      }
      at++;
    }
  }
}
