package jp.kazashi.qualification.store.reactive;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import jp.kazashi.qualification.coverage.CardClass;
import jp.kazashi.qualification.coverage.Insured;
import jp.kazashi.qualification.coverage.MedicalTicket;
import jp.kazashi.qualification.coverage.Particulars;
import jp.kazashi.qualification.coverage.Qualification;
import jp.kazashi.qualification.coverage.QualificationKind;
import jp.kazashi.qualification.coverage.ReasonOfLoss;
import jp.kazashi.qualification.coverage.RecordedPeriod;
import jp.kazashi.qualification.coverage.Relationship;
import jp.kazashi.qualification.coverage.ValidPeriod;
import jp.kazashi.qualification.person.BranchNumber;
import jp.kazashi.qualification.person.PayerNumber;
import jp.kazashi.qualification.person.PersonId;
import jp.kazashi.qualification.person.PersonName;
import jp.kazashi.qualification.person.Sex;
import jp.kazashi.qualification.person.SymbolAndNumber;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "qualification")
class QualificationRow {
  /** What a question by hand asks for, as {@link #read} takes it. */
  static final String COLUMNS =
      """
      q.id, q.kind, q.payer, q.payer_name, q.symbol, q.number, q.branch,
      q.relationship, q.name, q.name_kana, q.birth_date, q.sex, q.post_code,
      q.address, q.contribution_ratio, q.issued_on, q.valid_from, q.valid_to,
      q.loss_reason, q.card_class, q.householder, q.other_name, q.other_name_kana,
      q.preschool, q.card_valid_from, q.card_valid_to, q.certificates, q.undisclosed,
      q.provision_barred, q.stated_at, q.recorded_from
      """;

  /** How many they are. */
  static final int WIDTH = 31;

  @Id UUID id;

  @Column(name = "person_id")
  UUID personId;

  @Column(name = "kind")
  @Enumerated(EnumType.STRING)
  QualificationKind kind;

  @Column(name = "payer")
  String payer;

  @Column(name = "payer_name")
  String payerName;

  @Column(name = "symbol")
  @Nullable String symbol;

  @Column(name = "number")
  String number;

  @Column(name = "search_key")
  String searchKey;

  @Column(name = "branch")
  @Nullable String branch;

  @Column(name = "relationship")
  @Enumerated(EnumType.STRING)
  Relationship relationship;

  @Column(name = "name")
  String name;

  @Column(name = "name_kana")
  @Nullable String nameKana;

  @Column(name = "birth_date")
  LocalDate birthDate;

  @Column(name = "sex")
  @Enumerated(EnumType.STRING)
  Sex sex;

  @Column(name = "post_code")
  @Nullable String postCode;

  @Column(name = "address")
  @Nullable String address;

  @Column(name = "contribution_ratio")
  @Nullable Integer contributionRatio;

  @Column(name = "issued_on")
  @Nullable LocalDate issuedOn;

  @Column(name = "valid_from")
  LocalDate validFrom;

  @Column(name = "valid_to")
  @Nullable LocalDate validTo;

  @Column(name = "loss_reason")
  @Enumerated(EnumType.STRING)
  @Nullable ReasonOfLoss lossReason;

  @Column(name = "card_class")
  @Enumerated(EnumType.STRING)
  CardClass cardClass;

  @Column(name = "householder")
  @Nullable String householder;

  @Column(name = "other_name")
  @Nullable String otherName;

  @Column(name = "other_name_kana")
  @Nullable String otherNameKana;

  @Column(name = "preschool")
  boolean preschool;

  @Column(name = "card_valid_from")
  @Nullable LocalDate cardValidFrom;

  @Column(name = "card_valid_to")
  @Nullable LocalDate cardValidTo;

  @Column(name = "certificates")
  @Nullable String certificates;

  @Column(name = "undisclosed")
  boolean undisclosed;

  @Column(name = "provision_barred")
  boolean provisionBarred;

  @Column(name = "stated_at")
  @Nullable Instant statedAt;

  @Column(name = "recorded_from")
  Instant recordedFrom;

  @Column(name = "recorded_to")
  @Nullable Instant recordedTo;

  /** With what {@link #COLUMNS} asked for, and nothing else. */
  static QualificationRow read(Cells cells) {
    QualificationRow row = new QualificationRow();
    row.id = cells.uuid(0);
    row.kind = cells.word(QualificationKind.class, 1);
    row.payer = cells.text(2);
    row.payerName = cells.text(3);
    row.symbol = cells.textOrNull(4);
    row.number = cells.text(5);
    row.branch = cells.textOrNull(6);
    row.relationship = cells.word(Relationship.class, 7);
    row.name = cells.text(8);
    row.nameKana = cells.textOrNull(9);
    row.birthDate = cells.date(10);
    row.sex = cells.word(Sex.class, 11);
    row.postCode = cells.textOrNull(12);
    row.address = cells.textOrNull(13);
    row.contributionRatio = cells.wholeOrNull(14);
    row.issuedOn = cells.dateOrNull(15);
    row.validFrom = cells.date(16);
    row.validTo = cells.dateOrNull(17);
    row.lossReason = cells.wordOrNull(ReasonOfLoss.class, 18);
    row.cardClass = cells.word(CardClass.class, 19);
    row.householder = cells.textOrNull(20);
    row.otherName = cells.textOrNull(21);
    row.otherNameKana = cells.textOrNull(22);
    row.preschool = cells.truth(23);
    row.cardValidFrom = cells.dateOrNull(24);
    row.cardValidTo = cells.dateOrNull(25);
    row.certificates = cells.textOrNull(26);
    row.undisclosed = cells.truth(27);
    row.provisionBarred = cells.truth(28);
    row.statedAt = cells.instantOrNull(29);
    row.recordedFrom = cells.instant(30);
    return row;
  }

  static QualificationRow of(PersonId person, Qualification qualification) {
    QualificationRow row = new QualificationRow();
    row.id = qualification.id();
    row.personId = person.value();
    row.kind = qualification.kind();
    row.payer = qualification.payer().digits();
    row.payerName = qualification.payerName();
    row.symbol = qualification.symbolAndNumber().symbol();
    row.number = qualification.symbolAndNumber().number();
    row.searchKey = qualification.symbolAndNumber().searchKey();
    row.branch = qualification.branch() == null ? null : qualification.branch().digits();
    row.relationship = qualification.relationship();
    row.insured(qualification.insured());
    row.contributionRatio = qualification.contributionRatio();
    row.issuedOn = qualification.issuedOn();
    row.validFrom = qualification.valid().from();
    row.validTo = qualification.valid().to();
    row.lossReason = qualification.lossReason();
    row.particulars(qualification.particulars());
    row.recordedFrom = qualification.recorded().from();
    row.recordedTo = qualification.recorded().to();
    return row;
  }

  private void insured(Insured insured) {
    name = insured.name().registered();
    nameKana = insured.name().kana();
    birthDate = insured.birthDate();
    sex = insured.sex();
    postCode = insured.postCode();
    address = insured.address();
  }

  private void particulars(Particulars particulars) {
    cardClass = particulars.cardClass();
    householder = particulars.householder();
    otherName = particulars.otherName() == null ? null : particulars.otherName().registered();
    otherNameKana = particulars.otherName() == null ? null : particulars.otherName().kana();
    preschool = particulars.preschool();
    cardValidFrom = particulars.cardValid() == null ? null : particulars.cardValid().from();
    cardValidTo = particulars.cardValid() == null ? null : particulars.cardValid().to();
    certificates = CertificateText.write(particulars.certificates());
    undisclosed = particulars.undisclosed();
    provisionBarred = particulars.provisionBarred();
    statedAt = particulars.statedAt();
  }

  Qualification qualification(List<MedicalTicket> tickets) {
    return new Qualification(
        id,
        kind,
        PayerNumber.of(payer),
        payerName,
        new SymbolAndNumber(symbol, number),
        branch == null ? null : new BranchNumber(branch),
        relationship,
        new Insured(new PersonName(name, nameKana), birthDate, sex, postCode, address),
        contributionRatio,
        issuedOn,
        new ValidPeriod(validFrom, validTo),
        lossReason,
        new Particulars(
            cardClass,
            householder,
            otherName == null ? null : new PersonName(otherName, otherNameKana),
            preschool,
            cardValidFrom == null ? null : new ValidPeriod(cardValidFrom, cardValidTo),
            CertificateText.read(certificates),
            undisclosed,
            provisionBarred,
            statedAt),
        tickets,
        new RecordedPeriod(recordedFrom, recordedTo));
  }
}
