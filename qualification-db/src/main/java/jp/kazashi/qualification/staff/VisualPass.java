package jp.kazashi.qualification.staff;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import jp.kazashi.qualification.institution.InstitutionCode;

/**
 * A named member of staff has looked at a patient and the card's photograph: good for one visit at
 * one terminal, for three minutes.
 */
public record VisualPass(
    UUID id, StaffId staff, InstitutionCode institution, String terminal, Instant issuedAt) {
  public static final Duration LIFE = Duration.ofMinutes(3);

  public VisualPass {
    issuedAt = issuedAt.truncatedTo(ChronoUnit.MICROS);
    if (terminal.isBlank() || terminal.length() > 64) {
      throw new IllegalArgumentException("A terminal has a name of at most 64 characters");
    }
  }

  /** Whether it lets this terminal confirm a holder then; that it is used once is the store's. */
  public boolean admits(InstitutionCode atInstitution, String atTerminal, Instant at) {
    return institution.equals(atInstitution)
        && terminal.equals(atTerminal)
        && !at.isBefore(issuedAt)
        && at.isBefore(issuedAt.plus(LIFE));
  }
}
