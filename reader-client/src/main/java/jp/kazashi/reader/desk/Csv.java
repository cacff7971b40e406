package jp.kazashi.reader.desk;

import java.util.ArrayList;
import java.util.List;

/** Lists as other programs of a clinic write them (RFC 4180). */
final class Csv {

  private Csv() {}

  /** The lines with something on them, each as its fields. */
  static List<List<String>> read(String text) {
    List<List<String>> lines = new ArrayList<>();
    List<String> line = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    String all = text.startsWith("\uFEFF") ? text.substring(1) : text;
    for (int at = 0; at < all.length(); at++) {
      char each = all.charAt(at);
      if (quoted) {
        if (each != '"') {
          field.append(each);
        } else if (at + 1 < all.length() && all.charAt(at + 1) == '"') {
          field.append('"');
          at++;
        } else {
          quoted = false;
        }
      } else if (each == '"') {
        quoted = true;
      } else if (each == ',' || each == '\t') {
        line.add(take(field));
      } else if (each == '\n') {
        line.add(take(field));
        end(line, lines);
        line = new ArrayList<>();
      } else if (each != '\r') {
        field.append(each);
      }
    }
    line.add(take(field));
    end(line, lines);
    return lines;
  }

  private static String take(StringBuilder field) {
    String value = field.toString().strip();
    field.setLength(0);
    return value;
  }

  private static void end(List<String> line, List<List<String>> lines) {
    if (line.stream().anyMatch(field -> !field.isEmpty())) {
      lines.add(List.copyOf(line));
    }
  }
}
