package jp.kazashi.consent.desk;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/** A day as staff and the programs of a clinic write it: 1985-04-02, 19850402, 1985/4/2. */
public final class WrittenDay {

  private static final List<DateTimeFormatter> WAYS =
      List.of(DateTimeFormatter.ofPattern("uuuu-M-d"), DateTimeFormatter.ofPattern("uuuuMMdd"));

  private WrittenDay() {}

  /** Empty where it is none. */
  public static Optional<LocalDate> read(String text) {
    String plain = text.strip().replace('/', '-').replace('.', '-');
    for (DateTimeFormatter way : WAYS) {
      try {
        return Optional.of(LocalDate.parse(plain, way));
      } catch (DateTimeParseException otherwise) {
        // The other way of writing it, or none.
      }
    }
    return Optional.empty();
  }
}
