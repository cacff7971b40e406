package jp.kazashi.qualification.medical;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One checkup.
 *
 * @param kind the report kind, two digits (F-32)
 * @param programme the programme it belongs to, three digits
 */
public record CheckupRecord(
    LocalDate date,
    CheckupKind kind,
    @Nullable String programme,
    Facility facility,
    List<CheckupItem> items) {
  public CheckupRecord {
    items = List.copyOf(items);
    if (items.isEmpty() || items.size() > 200) {
      throw new IllegalArgumentException("A checkup has 1 to 200 results");
    }
    if (programme != null && !programme.matches("010|020|030|040|060|070|080|090|990")) {
      throw new IllegalArgumentException("No programme has this code");
    }
  }
}
