package jp.kazashi.gateway.adapter.rest;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import jp.kazashi.qualification.coverage.CardClass;
import jp.kazashi.qualification.coverage.ElderlyCertificate;
import jp.kazashi.qualification.coverage.LimitCategory;
import jp.kazashi.qualification.coverage.LimitCertificate;
import jp.kazashi.qualification.coverage.LimitClass;
import jp.kazashi.qualification.coverage.MedicalTicket;
import jp.kazashi.qualification.coverage.Qualification;
import jp.kazashi.qualification.coverage.QualificationKind;
import jp.kazashi.qualification.coverage.ReasonOfLoss;
import jp.kazashi.qualification.coverage.Relationship;
import jp.kazashi.qualification.coverage.SpecificDisease;
import jp.kazashi.qualification.coverage.SpecificDiseaseCertificate;
import jp.kazashi.qualification.coverage.TicketTreatment;
import jp.kazashi.qualification.coverage.TicketType;
import jp.kazashi.qualification.coverage.TicketUse;
import jp.kazashi.qualification.person.GlyphIssue;
import jp.kazashi.qualification.person.Person;
import jp.kazashi.qualification.person.Sex;
import org.jspecify.annotations.Nullable;

/** Who is insured, by whom and how. */
public record QualificationDocument(
    QualificationKind kind,
    int validityCode,
    String insurerNumber,
    String insurerName,
    @Nullable String symbol,
    String number,
    @Nullable String branchNumber,
    Relationship relationship,
    String name,
    String printableName,
    List<GlyphIssue> glyphIssues,
    @Nullable String nameKana,
    LocalDate birthDate,
    Sex sex,
    @Nullable String postCode,
    @Nullable String address,
    @Nullable Integer contributionRatio,
    LocalDate validFrom,
    @Nullable LocalDate validTo,
    CardClass cardClass,
    @Nullable String householder,
    @Nullable String otherName,
    @Nullable String otherNameKana,
    boolean preschool,
    @Nullable LocalDate issuedOn,
    @Nullable LocalDate cardValidFrom,
    @Nullable LocalDate cardValidTo,
    @Nullable ReasonOfLoss lossReason,
    @Nullable Limit limitCertificate,
    @Nullable Elderly elderlyCertificate,
    List<Disease> specificDiseases,
    List<Ticket> tickets) {

  /** 限度額適用認定証: told without a consent (F-52). */
  public record Limit(
      LimitClass type,
      LimitCategory category,
      @Nullable LocalDate issuedOn,
      LocalDate validFrom,
      @Nullable LocalDate validTo,
      @Nullable LocalDate longTermOn) {

    static Limit of(LimitCertificate certificate) {
      return new Limit(
          certificate.type(),
          certificate.category(),
          certificate.issuedOn(),
          certificate.valid().from(),
          certificate.valid().to(),
          certificate.longTermOn());
    }
  }

  /** 高齢受給者証. */
  public record Elderly(
      @Nullable LocalDate issuedOn,
      LocalDate validFrom,
      @Nullable LocalDate validTo,
      int contributionRatio) {

    static Elderly of(ElderlyCertificate certificate) {
      return new Elderly(
          certificate.issuedOn(),
          certificate.valid().from(),
          certificate.valid().to(),
          certificate.ratio());
    }
  }

  /** 特定疾病療養受療証: it names a disease, and so is told to the card's holder's counter only. */
  public record Disease(
      SpecificDisease disease,
      @Nullable LocalDate issuedOn,
      LocalDate validFrom,
      @Nullable LocalDate validTo,
      @Nullable Integer selfPay) {

    static Disease of(SpecificDiseaseCertificate certificate) {
      return new Disease(
          certificate.disease(),
          certificate.issuedOn(),
          certificate.valid().from(),
          certificate.valid().to(),
          certificate.selfPay());
    }
  }

  /** 医療券・調剤券 of the day. */
  public record Ticket(
      TicketType type,
      TicketTreatment treatment,
      String month,
      String issueNumber,
      LocalDate validFrom,
      @Nullable LocalDate validTo,
      @Nullable String facilityCode,
      @Nullable String facilityName,
      @Nullable Integer selfPay,
      @Nullable TicketUse use) {

    static Ticket of(MedicalTicket ticket) {
      var facility = ticket.facility();
      return new Ticket(
          ticket.type(),
          ticket.treatment(),
          ticket.month().toString(),
          ticket.issueNumber(),
          ticket.valid().from(),
          ticket.valid().to(),
          facility == null ? null : facility.digits(),
          ticket.facilityName(),
          ticket.selfPay(),
          ticket.use());
    }
  }

  static QualificationDocument of(Qualification qualification, LocalDate on) {
    return told(qualification, on, true, true);
  }

  /** 不開示該当: whoever asks without the card learns no address; and nobody learns a disease. */
  static QualificationDocument withoutCard(
      Qualification qualification, Optional<Person> person, LocalDate on) {
    return told(qualification, on, !person.map(Person::undisclosed).orElse(true), false);
  }

  private static QualificationDocument told(
      Qualification qualification, LocalDate on, boolean withAddress, boolean withDiseases) {
    var particulars = qualification.particulars();
    var certificates = particulars.certificates().on(on);
    var otherName = particulars.otherName();
    var card = particulars.cardValid();
    var limit = certificates.limit();
    var elderly = certificates.elderly();
    var insured = qualification.insured();
    var keys = qualification.symbolAndNumber();
    var branch = qualification.branch();
    return new QualificationDocument(
        qualification.kind(),
        qualification.validityOn(on).code(),
        qualification.payer().digits(),
        qualification.payerName(),
        keys.symbol(),
        keys.number(),
        branch == null ? null : branch.digits(),
        qualification.relationship(),
        insured.name().registered(),
        insured.name().printable(),
        insured.name().glyphIssues(),
        insured.name().kana(),
        insured.birthDate(),
        insured.sex(),
        withAddress ? insured.postCode() : null,
        withAddress ? insured.address() : null,
        qualification.contributionRatio(),
        qualification.valid().from(),
        qualification.valid().to(),
        particulars.cardClass(),
        particulars.householder(),
        otherName == null ? null : otherName.registered(),
        otherName == null ? null : otherName.kana(),
        particulars.preschool(),
        qualification.issuedOn(),
        card == null ? null : card.from(),
        card == null ? null : card.to(),
        qualification.lossReason(),
        limit == null ? null : Limit.of(limit),
        elderly == null ? null : Elderly.of(elderly),
        withDiseases
            ? certificates.specificDiseases().stream().map(Disease::of).toList()
            : List.of(),
        qualification.ticketsOn(on).stream().map(Ticket::of).toList());
  }
}
