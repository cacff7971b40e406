package jp.kazashi.consent.desk;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import jp.kazashi.consent.MedicalCategory;

/** The records a patient let this institution see, for staff who may. */
public interface RecordsDesk {

  /** All that may be read under that check. */
  Told<Records> records(Seat seat, String check);

  /** One category as it is printed (PDF). */
  Told<byte[]> paper(Seat seat, String check, MedicalCategory category);

  /**
   * Five years on one line of time.
   *
   * @param readable what was consented to
   */
  record Records(
      String check,
      List<MedicalCategory> readable,
      List<Drug> drugs,
      List<Measure> measures,
      List<Event> events) {}

  /** A drug on one day. */
  record Drug(
      LocalDate date,
      String facility,
      String name,
      String ingredient,
      String amount,
      String usage,
      int days) {
    public YearMonth month() {
      return YearMonth.from(date);
    }
  }

  /** One item of checkups over the years. */
  record Measure(String name, String unit, List<Point> points) {}

  /**
   * One value.
   *
   * @param number empty where the value is none
   */
  record Point(
      LocalDate date,
      String value,
      Optional<BigDecimal> number,
      Optional<BigDecimal> low,
      Optional<BigDecimal> high,
      boolean outOfRange) {}

  /**
   * Care or surgery on one day.
   *
   * @param kind of care only
   */
  record Event(
      LocalDate date,
      MedicalCategory category,
      Optional<CareKind> kind,
      String what,
      String facility) {}

  /** What kind of care, as the wire names it. */
  enum CareKind {
    VISIT,
    RADIOTHERAPY,
    IMAGING,
    PATHOLOGY,
    MANAGEMENT,
    HOME_CARE,
    DIALYSIS
  }
}
