package jp.kazashi.qualification.feed;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import jp.kazashi.qualification.medical.CareCategory;
import jp.kazashi.qualification.medical.CodeTable;
import org.jspecify.annotations.Nullable;

/** What the nine-digit codes of receipts, which carry no names, are called. */
@FunctionalInterface
public interface CodeNames {
  /**
   * A code's entry, if it is known.
   *
   * @param code nine digits
   */
  Optional<Entry> of(String code);

  /**
   * An entry of a master.
   *
   * @param category the category of care that a practice belongs to whatever its 診療識別
   */
  record Entry(String name, @Nullable String unit, @Nullable CareCategory category) {}

  /** The small table that comes with the intake: code,name,unit,category. */
  static CodeNames small() {
    Map<String, Entry> entries = new HashMap<>();
    CodeTable.rows(CodeNames.class, "code-names.csv")
        .forEach(fields ->
            entries.put(
                fields[0],
                new Entry(
                    fields[1],
                    fields[2].isEmpty() ? null : fields[2],
                    fields[3].isEmpty() ? null : CareCategory.valueOf(fields[3]))));
    Map<String, Entry> known = Map.copyOf(entries);
    return code -> Optional.ofNullable(known.get(code));
  }
}
