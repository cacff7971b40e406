package jp.kazashi.qualification.intake;

import java.time.Instant;
import java.time.YearMonth;
import java.util.UUID;
import java.util.function.Supplier;
import jp.kazashi.qualification.coverage.MedicalTicket;
import jp.kazashi.qualification.coverage.RecordedPeriod;
import jp.kazashi.qualification.coverage.TicketTreatment;
import jp.kazashi.qualification.coverage.TicketType;
import jp.kazashi.qualification.coverage.TicketUse;
import jp.kazashi.qualification.coverage.ValidPeriod;
import jp.kazashi.qualification.institution.InstitutionCode;
import jp.kazashi.qualification.person.PublicPayerNumber;
import jp.kazashi.qualification.person.RecipientNumber;

/** Reads a medical ticket out of its line. */
final class TicketLines {
  private TicketLines() {}

  static MedicalTicket read(FeedLine line, Supplier<UUID> ids, Instant receivedAt)
      throws FieldRefused {
    PublicPayerNumber payer = Fields.required(line, "insurerNumber", PublicPayerNumber::new);
    RecipientNumber recipient = Fields.required(line, "number", RecipientNumber::new);
    TicketType type = Fields.required(line, "ticketType", Fields.coded(TicketType.class));
    YearMonth month = Fields.required(line, "month", Fields::month);
    String issueNumber = Fields.required(line, "issueNumber", Fields.upTo(20));
    ValidPeriod valid = QualificationLines.valid(line, "validFrom", "validTo");
    TicketTreatment treatment =
        Fields.required(line, "treatment", Fields.coded(TicketTreatment.class));
    InstitutionCode facility = Fields.optional(line, "facilityCode", InstitutionCode::new);
    String facilityName = Fields.optional(line, "facilityName", Fields.upTo(100));
    Integer selfPay = Fields.optional(line, "selfPay", Fields.whole(0, 9_999_999));
    TicketUse use = Fields.optional(line, "singleOrCombined", Fields.coded(TicketUse.class));
    Instant statedAt = Fields.optional(line, "statedAt", Fields::instant);
    return new MedicalTicket(
        ids.get(),
        payer,
        recipient.digits(),
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
        new RecordedPeriod(receivedAt, null));
  }
}
