package jp.kazashi.qualification.intake;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A line of a claims feed as it was sent; nothing in it is believed yet. */
public record MedicationLine(
    @Nullable String line,
    @Nullable String personCode,
    @Nullable String source,
    @Nullable String month,
    @Nullable String date,
    @Nullable String facilityCode,
    @Nullable String facilityName,
    @Nullable String code,
    @Nullable String name,
    @Nullable String ingredient,
    @Nullable String quantity,
    @Nullable String unit,
    @Nullable String usage,
    @Nullable Integer days)
    implements FeedLine {
  @Override
  public List<@Nullable Object> fields() {
    return Arrays.asList(
        line,
        personCode,
        source,
        month,
        date,
        facilityCode,
        facilityName,
        code,
        name,
        ingredient,
        quantity,
        unit,
        usage,
        days);
  }

  /** A line tells of a person: what is printed may reach a log. */
  @Override
  public String toString() {
    return "MedicationLine[" + line + "]";
  }
}
