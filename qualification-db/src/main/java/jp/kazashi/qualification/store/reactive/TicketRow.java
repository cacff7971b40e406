package jp.kazashi.qualification.store.reactive;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.UUID;
import jp.kazashi.qualification.coverage.MedicalTicket;
import jp.kazashi.qualification.coverage.RecordedPeriod;
import jp.kazashi.qualification.coverage.TicketTreatment;
import jp.kazashi.qualification.coverage.TicketType;
import jp.kazashi.qualification.coverage.TicketUse;
import jp.kazashi.qualification.coverage.ValidPeriod;
import jp.kazashi.qualification.institution.InstitutionCode;
import jp.kazashi.qualification.person.PersonId;
import jp.kazashi.qualification.person.PublicPayerNumber;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "medical_ticket")
class TicketRow {
  @Id UUID id;

  @Column(name = "person_id")
  UUID personId;

  @Column(name = "payer")
  String payer;

  @Column(name = "recipient")
  String recipient;

  @Column(name = "month")
  LocalDate month;

  @Column(name = "issue_number")
  String issueNumber;

  @Column(name = "ticket_type")
  @Enumerated(EnumType.STRING)
  TicketType type;

  @Column(name = "treatment")
  @Enumerated(EnumType.STRING)
  TicketTreatment treatment;

  @Column(name = "valid_from")
  LocalDate validFrom;

  @Column(name = "valid_to")
  @Nullable LocalDate validTo;

  @Column(name = "facility")
  @Nullable String facility;

  @Column(name = "facility_name")
  @Nullable String facilityName;

  @Column(name = "self_pay")
  @Nullable Integer selfPay;

  @Column(name = "used")
  @Enumerated(EnumType.STRING)
  @Nullable TicketUse used;

  @Column(name = "stated_at")
  @Nullable Instant statedAt;

  @Column(name = "recorded_from")
  Instant recordedFrom;

  @Column(name = "recorded_to")
  @Nullable Instant recordedTo;

  static TicketRow of(PersonId person, MedicalTicket ticket) {
    TicketRow row = new TicketRow();
    row.id = ticket.id();
    row.personId = person.value();
    row.payer = ticket.payer().digits();
    row.recipient = ticket.recipient();
    row.month = ticket.month().atDay(1);
    row.issueNumber = ticket.issueNumber();
    row.type = ticket.type();
    row.treatment = ticket.treatment();
    row.validFrom = ticket.valid().from();
    row.validTo = ticket.valid().to();
    row.facility = ticket.facility() == null ? null : ticket.facility().digits();
    row.facilityName = ticket.facilityName();
    row.selfPay = ticket.selfPay();
    row.used = ticket.use();
    row.statedAt = ticket.statedAt();
    row.recordedFrom = ticket.recorded().from();
    row.recordedTo = ticket.recorded().to();
    return row;
  }

  MedicalTicket ticket() {
    return new MedicalTicket(
        id,
        new PublicPayerNumber(payer),
        recipient,
        YearMonth.from(month),
        issueNumber,
        type,
        treatment,
        new ValidPeriod(validFrom, validTo),
        facility == null ? null : new InstitutionCode(facility),
        facilityName,
        selfPay,
        used,
        statedAt,
        new RecordedPeriod(recordedFrom, recordedTo));
  }
}
