package jp.kazashi.qualification.check;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import jp.kazashi.qualification.institution.InstitutionCode;
import jp.kazashi.qualification.medical.MedicalCategory;
import jp.kazashi.qualification.person.PersonId;
import org.jspecify.annotations.Nullable;

/**
 * One check of one card, as it was answered or refused.
 *
 * @param reason the stable reason id of a refusal, else null
 * @param phase the certificate's phase as a word of the judge, null when no certificate was judged
 */
public record CheckRecord(
    CheckId id,
    Instant at,
    InstitutionCode institution,
    String terminal,
    ConfirmedBy method,
    @Nullable String reason,
    @Nullable PersonId person,
    @Nullable String phase,
    @Nullable Instant certificateEndsAt,
    Set<MedicalCategory> offered,
    AnswerSnapshot snapshot) {
  public CheckRecord {
    at = at.truncatedTo(ChronoUnit.MICROS);
    certificateEndsAt =
        certificateEndsAt == null ? null : certificateEndsAt.truncatedTo(ChronoUnit.MICROS);
    offered = Set.copyOf(offered);
    if (terminal.isBlank() || terminal.length() > 64) {
      throw new IllegalArgumentException("A terminal has a name of at most 64 characters");
    }
    mustBeWord(reason);
    mustBeWord(phase);
    if (reason == null && person == null) {
      throw new IllegalArgumentException("An answered check names a person");
    }
    if (reason != null && !offered.isEmpty()) {
      throw new IllegalArgumentException("A refused check offers nothing");
    }
  }

  public boolean answered() {
    return reason == null;
  }

  /** Names neither person nor answer: what is printed may reach a log. */
  @Override
  public String toString() {
    return "CheckRecord[" + id + ", " + (reason == null ? "ANSWERED" : reason) + "]";
  }

  private static void mustBeWord(@Nullable String word) {
    if (word != null && !word.matches("[A-Z][A-Z_]{0,39}")) {
      throw new IllegalArgumentException("Reason and phase are words in capitals");
    }
  }
}
