package jp.kazashi.qualification.institution;

import java.time.LocalDate;
import java.util.Set;
import jp.kazashi.qualification.coverage.ValidPeriod;
import jp.kazashi.qualification.medical.MedicalCategory;

/**
 * An institution as it takes part, for the days on which it does.
 *
 * @param valid the days on which it takes part
 * @param offered the consent questions that its kiosk asks
 * @param smartphone whether phones are taken
 * @param exchange whether files are exchanged with a receipt computer
 */
public record Institution(
    InstitutionCode code,
    String name,
    InstitutionKind kind,
    Prefecture prefecture,
    ValidPeriod valid,
    Set<MedicalCategory> offered,
    boolean smartphone,
    boolean exchange) {
  public Institution {
    offered = Set.copyOf(offered);
    if (name.isBlank() || name.length() > 100) {
      throw new IllegalArgumentException("An institution has a name of at most 100 characters");
    }
    if (!kind.mayReadRecords() && !offered.isEmpty()) {
      throw new IllegalArgumentException("A therapy office asks for no records");
    }
  }

  /** What it may ask of a patient on that day. */
  public Set<MedicalCategory> mayAskFor(LocalDate date) {
    return valid.contains(date) && kind.mayReadRecords() ? offered : Set.of();
  }
}
