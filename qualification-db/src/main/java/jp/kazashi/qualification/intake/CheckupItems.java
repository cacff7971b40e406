package jp.kazashi.qualification.intake;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jp.kazashi.qualification.medical.CheckupCatalogue;
import jp.kazashi.qualification.medical.CheckupItem;
import org.jspecify.annotations.Nullable;

/** The results of a checkup as one text: {@code code=value|unit|low|high;…}. */
public final class CheckupItems {
  private static final Pattern SPECIAL = Pattern.compile("[\\\\;=|]");
  private static final int MOST = 200;

  private final CheckupCatalogue catalogue;

  public CheckupItems(CheckupCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  public List<CheckupItem> read(String text) {
    List<CheckupItem> items = new ArrayList<>();
    Set<String> codes = new HashSet<>();
    int at = 0;
    while (at < text.length()) {
      Part code = Part.of(text, at, "=");
      if (code.end() >= text.length()) {
        throw new IllegalArgumentException("An item is written code=value");
      }
      List<String> parts = new ArrayList<>();
      at = code.end();
      do {
        Part part = Part.of(text, at + 1, "|;");
        parts.add(part.text());
        at = part.end();
      } while (at < text.length() && text.charAt(at) == '|');
      at++;
      if (!codes.add(code.text())) {
        throw new IllegalArgumentException("The item " + code.text() + " comes twice");
      }
      items.add(item(code.text(), parts));
    }
    if (items.isEmpty() || items.size() > MOST) {
      throw new IllegalArgumentException("A checkup has 1 to 200 results");
    }
    return items;
  }

  /** As {@link #read} takes it, with nothing left to the catalogue. */
  public static String write(List<CheckupItem> items) {
    return items.stream()
        .map(item ->
            item.code()
                + "="
                + escaped(item.value())
                + "|"
                + (item.unit() == null ? "" : escaped(item.unit()))
                + "|"
                + (item.low() == null ? "" : item.low().toPlainString())
                + "|"
                + (item.high() == null ? "" : item.high().toPlainString()))
        .collect(Collectors.joining(";"));
  }

  private CheckupItem item(String code, List<String> parts) {
    if (parts.size() > 4) {
      throw new IllegalArgumentException("An item has value, unit, low and high, and no more");
    }
    CheckupCatalogue.Entry entry =
        catalogue
            .of(code)
            .orElseThrow(() -> new IllegalArgumentException("The item code is not known"));
    String value = parts.getFirst();
    if (!entry.values().isEmpty() && !entry.values().containsKey(value)) {
      throw new IllegalArgumentException("The value of " + code + " is none of its codes");
    }
    String unit = part(parts, 1);
    if (unit != null && unit.length() > 40) {
      throw new IllegalArgumentException("A unit has at most 40 characters");
    }
    BigDecimal low = number(part(parts, 2));
    BigDecimal high = number(part(parts, 3));
    boolean ranged = low != null || high != null;
    return new CheckupItem(
        entry.code(),
        entry.name(),
        entry.type(),
        value,
        unit == null ? entry.unit() : unit,
        ranged ? low : entry.low(),
        ranged ? high : entry.high());
  }

  private static @Nullable String part(List<String> parts, int at) {
    return at < parts.size() && !parts.get(at).isBlank() ? parts.get(at) : null;
  }

  private static @Nullable BigDecimal number(@Nullable String text) {
    if (text == null) {
      return null;
    }
    if (!CheckupItem.isNumber(text)) {
      throw new IllegalArgumentException("A reference range is two numbers");
    }
    return new BigDecimal(text);
  }

  private static String escaped(String text) {
    return SPECIAL.matcher(text).replaceAll("\\\\$0");
  }

  /** What stands before the next of some marks, and where that mark is. */
  private record Part(String text, int end) {
    static Part of(String text, int from, String marks) {
      StringBuilder part = new StringBuilder();
      int at = from;
      while (at < text.length() && marks.indexOf(text.charAt(at)) < 0) {
        if (text.charAt(at) == '\\' && at + 1 < text.length()) {
          at++;
        }
        part.append(text.charAt(at++));
      }
      return new Part(part.toString(), at);
    }
  }
}
