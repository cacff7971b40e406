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
