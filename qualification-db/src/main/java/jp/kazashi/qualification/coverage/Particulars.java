package jp.kazashi.qualification.coverage;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import jp.kazashi.qualification.person.PersonName;
import org.jspecify.annotations.Nullable;

/**
 * What else an insurer tells of a qualification.
 *
 * @param householder the insured or head of the household, whose family this person is
 * @param otherName the name on the back of a card, where it differs
 * @param cardValid the card's own dates, where they differ from the qualification's
 * @param undisclosed 不開示該当, as this payer says
 * @param provisionBarred 自己情報提供不可, as this payer says
 * @param statedAt when the payer decided it; tells corrections that come out of order
 */
public record Particulars(
    CardClass cardClass,
    @Nullable String householder,
    @Nullable PersonName otherName,
    boolean preschool,
    @Nullable ValidPeriod cardValid,
    Certificates certificates,
    boolean undisclosed,
    boolean provisionBarred,
    @Nullable Instant statedAt) {
  public Particulars {
    if (householder != null && (householder.isBlank() || householder.length() > 200)) {
      throw new IllegalArgumentException("A householder's name has 1 to 200 characters");
    }
    statedAt = statedAt == null ? null : statedAt.truncatedTo(ChronoUnit.MICROS);
  }

  /** Nothing but the qualification itself. */
  public static Particulars ordinary(QualificationKind kind) {
    return new Particulars(
        kind == QualificationKind.MEDICAL_AID ? CardClass.MEDICAL_AID : CardClass.GENERAL,
        null,
        null,
        false,
        null,
        Certificates.none(),
        false,
        false,
        null);
  }
}
