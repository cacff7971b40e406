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
  /** What a question by hand asks for, as {@link #read} takes it. */
  static final String COLUMNS =
      """
      t.id, t.payer, t.recipient, t.month, t.issue_number, t.ticket_type, t.treatment,
      t.valid_from, t.valid_to, t.facility, t.facility_name, t.self_pay, t.used,
      t.stated_at, t.recorded_from
      """;

  /** How many they are. */
  static final int WIDTH = 15;

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

  /** With what {@link #COLUMNS} asked for, and nothing else. */
  static TicketRow read(Cells cells) {
    TicketRow row = new TicketRow();
    row.id = cells.uuid(0);
    row.payer = cells.text(1);
    row.recipient = cells.text(2);
    row.month = cells.date(3);
    row.issueNumber = cells.text(4);
    row.type = cells.word(TicketType.class, 5);
    row.treatment = cells.word(TicketTreatment.class, 6);
    row.validFrom = cells.date(7);
    row.validTo = cells.dateOrNull(8);
    row.facility = cells.textOrNull(9);
    row.facilityName = cells.textOrNull(10);
    row.selfPay = cells.wholeOrNull(11);
    row.used = cells.wordOrNull(TicketUse.class, 12);
    row.statedAt = cells.instantOrNull(13);
    row.recordedFrom = cells.instant(14);
    return row;
  }

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
