package jp.kazashi.qualification.medical;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The items that checkups may bring: name, type, unit, reference range, coded values. */
public final class CheckupCatalogue {
  private static final String FILE = "checkup-items.csv";

  private final Map<String, Entry> byCode;

  private CheckupCatalogue(Map<String, Entry> byCode) {
    this.byCode = Map.copyOf(byCode);
  }

  /**
   * One item.
   *
   * @param values the coded values, empty for numbers and texts
   */
  public record Entry(
      ItemCode code,
      String name,
      ValueType type,
      @Nullable String unit,
      @Nullable BigDecimal low,
      @Nullable BigDecimal high,
      Map<String, String> values) {
    public Entry {
      values = Map.copyOf(values);
    }
  }

  /** The catalogue that comes with the store. */
  public static CheckupCatalogue standard() {
    Map<String, Entry> entries = new HashMap<>();
    CodeTable.rows(CheckupCatalogue.class, FILE).stream()
        .map(CheckupCatalogue::entry)
        .forEach(entry -> {
          if (entries.put(entry.code().code(), entry) != null) {
            throw new IllegalStateException(entry.code() + " is listed twice");
          }
        });
    return new CheckupCatalogue(entries);
  }

  public Optional<Entry> of(String code) {
    return Optional.ofNullable(byCode.get(code));
  }

  /** code,name,type,unit,low,high,values with {@code 1:name 2:name} as values. */
  private static Entry entry(String[] fields) {
    Map<String, String> values = new HashMap<>();
    for (String value : fields[6].split(" ", -1)) {
      if (!value.isEmpty()) {
        values.put(value.substring(0, value.indexOf(':')), value.substring(value.indexOf(':') + 1));
      }
    }
    return new Entry(
        new ItemCode(fields[0]),
        fields[1],
        ValueType.valueOf(fields[2]),
        fields[3].isEmpty() ? null : fields[3],
        number(fields[4]),
        number(fields[5]),
        values);
  }

  private static @Nullable BigDecimal number(String text) {
    return text.isEmpty() ? null : new BigDecimal(text);
  }
}
