package jp.kazashi.qualification.coverage;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import jp.kazashi.qualification.institution.InstitutionCode;
import jp.kazashi.qualification.person.PublicPayerNumber;
import org.jspecify.annotations.Nullable;

/**
 * 医療券・調剤券: without one for the month, medical aid is valid but unregistered.
 *
 * @param payer with recipient, month and issue number the key under which it is corrected
 */
public record MedicalTicket(
    UUID id,
    PublicPayerNumber payer,
    String recipient,
    YearMonth month,
    String issueNumber,
    TicketType type,
    TicketTreatment treatment,
    ValidPeriod valid,
    @Nullable InstitutionCode facility,
    @Nullable String facilityName,
    @Nullable Integer selfPay,
    @Nullable TicketUse use,
    @Nullable Instant statedAt,
    RecordedPeriod recorded) {
  public MedicalTicket {
    if (issueNumber.isBlank() || issueNumber.length() > 20) {
      throw new IllegalArgumentException("An issue number has 1 to 20 characters");
    }
    if (selfPay != null && (selfPay < 0 || selfPay > 9_999_999)) {
      throw new IllegalArgumentException("Self pay is 0 to 9999999 yen");
    }
    statedAt = statedAt == null ? null : statedAt.truncatedTo(ChronoUnit.MICROS);
  }

  public boolean holdsOn(LocalDate date) {
    return YearMonth.from(date).equals(month) && valid.contains(date);
  }

  /** The same ticket, told again. */
  public boolean sameKey(MedicalTicket other) {
    return payer.equals(other.payer)
        && recipient.equals(other.recipient)
        && month.equals(other.month)
        && issueNumber.equals(other.issueNumber);
  }

  /** Whether it says the same, whenever that was recorded. */
  public boolean saysTheSameAs(MedicalTicket other) {
    return as(other.id, other.recorded).equals(other);
  }

  public MedicalTicket recorded(RecordedPeriod period) {
    return as(id, period);
  }

  private MedicalTicket as(UUID known, RecordedPeriod period) {
    return new MedicalTicket(
        known,
        payer,
        recipient,
        month,
        issueNumber,
        type,
        treatment,
        valid,
        facility,
        facilityName,
        selfPay,
        use,
        statedAt,
        period);
  }
}
