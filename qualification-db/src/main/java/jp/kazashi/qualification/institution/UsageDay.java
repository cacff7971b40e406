package jp.kazashi.qualification.institution;

import java.time.LocalDate;

/** How often one thing was done at one institution on one day in Asia/Tokyo. */
public record UsageDay(InstitutionCode institution, LocalDate day, UsageKind kind, long count) {
  public UsageDay {
    if (count < 0) {
      throw new IllegalArgumentException("A count is not negative");
    }
  }
}
