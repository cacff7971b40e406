package jp.kazashi.qualification.intake;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import jp.kazashi.qualification.coverage.CardClass;
import jp.kazashi.qualification.coverage.Certificates;
import jp.kazashi.qualification.coverage.ElderlyCertificate;
import jp.kazashi.qualification.coverage.Insured;
import jp.kazashi.qualification.coverage.LimitCategory;
import jp.kazashi.qualification.coverage.LimitCertificate;
import jp.kazashi.qualification.coverage.LimitClass;
import jp.kazashi.qualification.coverage.Particulars;
import jp.kazashi.qualification.coverage.Qualification;
import jp.kazashi.qualification.coverage.QualificationKind;
import jp.kazashi.qualification.coverage.ReasonOfLoss;
import jp.kazashi.qualification.coverage.RecordedPeriod;
import jp.kazashi.qualification.coverage.Relationship;
import jp.kazashi.qualification.coverage.SpecificDisease;
import jp.kazashi.qualification.coverage.SpecificDiseaseCertificate;
import jp.kazashi.qualification.coverage.ValidPeriod;
import jp.kazashi.qualification.person.BranchNumber;
import jp.kazashi.qualification.person.InsurerNumber;
import jp.kazashi.qualification.person.PayerNumber;
import jp.kazashi.qualification.person.PersonName;
import jp.kazashi.qualification.person.PublicPayerNumber;
import jp.kazashi.qualification.person.RecipientNumber;
import jp.kazashi.qualification.person.Sex;
import jp.kazashi.qualification.person.SymbolAndNumber;
import org.jspecify.annotations.Nullable;

/** Reads a qualification out of its line. */
final class QualificationLines {
  private QualificationLines() {}

  static Qualification read(FeedLine line, Supplier<UUID> ids, Instant receivedAt)
      throws FieldRefused {
    QualificationKind kind = Fields.required(line, "kind", Fields.oneOf(QualificationKind.class));
    PayerNumber payer =
        Fields.<PayerNumber>required(
            line,
            "insurerNumber",
            kind == QualificationKind.MEDICAL_AID ? PublicPayerNumber::new : InsurerNumber::new);
    String payerName = Fields.required(line, "insurerName", Fields.upTo(100));
    SymbolAndNumber symbolAndNumber = symbolAndNumber(line, kind);
    BranchNumber branch = Fields.optional(line, "branchNumber", BranchNumber::new);
    Relationship relationship =
        Fields.required(line, "relationship", Fields.coded(Relationship.class));
    Insured insured = insured(line);
    Integer ratio = Fields.optional(line, "contributionRatio", Fields.whole(0, 100));
    LocalDate issuedOn = Fields.optional(line, "issuedOn", Fields::date);
    ValidPeriod valid = valid(line, "validFrom", "validTo");
    ReasonOfLoss lossReason = Fields.optional(line, "lossReason", Fields.coded(ReasonOfLoss.class));
    if (lossReason != null && valid.to() == null) {
      throw new FieldRefused("lossReason", "A reason of loss goes with a last day");
    }
    Particulars particulars = particulars(line, kind);
    return Fields.together(
        "insurerNumber",
        () ->
            new Qualification(
                ids.get(),
                kind,
                payer,
                payerName,
                symbolAndNumber,
                branch,
                relationship,
                insured,
                ratio,
                issuedOn,
                valid,
                lossReason,
                particulars,
                List.of(),
                new RecordedPeriod(receivedAt, null)));
  }

  private static SymbolAndNumber symbolAndNumber(FeedLine line, QualificationKind kind)
      throws FieldRefused {
    String symbol = Fields.optional(line, "symbol", Fields.upTo(20));
    if (kind == QualificationKind.MEDICAL_AID) {
      if (symbol != null) {
        throw new FieldRefused("symbol", "Medical aid has no symbol");
      }
      return Fields.required(
          line,
          "number",
          number -> new SymbolAndNumber(null, new RecipientNumber(number).digits()));
    }
    return Fields.required(line, "number", number -> new SymbolAndNumber(symbol, number));
  }

  private static Insured insured(FeedLine line) throws FieldRefused {
    String kana = Fields.optional(line, "nameKana", Fields.upTo(200));
    PersonName name = Fields.required(line, "name", registered -> new PersonName(registered, kana));
    LocalDate birthDate = Fields.required(line, "birthDate", Fields::date);
    Sex sex = Fields.required(line, "sex", Fields.coded(Sex.class));
    String address = Fields.optional(line, "address", Fields.upTo(200));
    String postCode = Fields.optional(line, "postCode", Fields.upTo(8));
    return Fields.together("postCode", () -> new Insured(name, birthDate, sex, postCode, address));
  }

  private static Particulars particulars(FeedLine line, QualificationKind kind)
      throws FieldRefused {
    Particulars ordinary = Particulars.ordinary(kind);
    CardClass cardClass = Fields.optional(line, "cardClass", Fields.coded(CardClass.class));
    String householder = Fields.optional(line, "householder", Fields.upTo(200));
    String otherKana = Fields.optional(line, "otherNameKana", Fields.upTo(200));
    PersonName otherName =
        Fields.optional(line, "otherName", other -> new PersonName(other, otherKana));
    boolean preschool = truth(line, "preschool");
    ValidPeriod cardValid =
        line.text("cardValidFrom") == null && line.text("cardValidTo") == null
            ? null
            : valid(line, "cardValidFrom", "cardValidTo");
    Certificates certificates = certificates(line);
    boolean undisclosed = truth(line, "undisclosed");
    boolean provisionBarred = truth(line, "provisionBarred");
    Instant statedAt = Fields.optional(line, "statedAt", Fields::instant);
    return new Particulars(
        cardClass == null ? ordinary.cardClass() : cardClass,
        householder,
        otherName,
        preschool,
        cardValid,
        certificates,
        undisclosed,
        provisionBarred,
        statedAt);
  }

  private static Certificates certificates(FeedLine line) throws FieldRefused {
    LimitCertificate limit = limit(line);
    ElderlyCertificate elderly = elderly(line);
    List<SpecificDiseaseCertificate> diseases = new ArrayList<>();
    String text = line.text("specificDiseases");
    if (text != null) {
      for (String each : text.split(";", -1)) {
        diseases.add(disease(each));
      }
    }
    return Fields.together("specificDiseases", () -> new Certificates(limit, elderly, diseases));
  }

  private static @Nullable LimitCertificate limit(FeedLine line) throws FieldRefused {
    LimitClass type = Fields.optional(line, "limitClass", Fields.coded(LimitClass.class));
    if (type == null) {
      if (line.text("limitCategory") != null) {
        throw new FieldRefused("limitClass", "is missing");
      }
      return null;
    }
    LimitCategory category =
        Fields.required(line, "limitCategory", Fields.coded(LimitCategory.class));
    LocalDate issuedOn = Fields.optional(line, "limitIssuedOn", Fields::date);
    ValidPeriod valid = valid(line, "limitValidFrom", "limitValidTo");
    LocalDate longTermOn = Fields.optional(line, "limitLongTermOn", Fields::date);
    return new LimitCertificate(type, category, issuedOn, valid, longTermOn);
  }

  private static @Nullable ElderlyCertificate elderly(FeedLine line) throws FieldRefused {
    Integer ratio = Fields.optional(line, "elderlyRatio", Fields.whole(0, 100));
    if (ratio == null) {
      if (line.text("elderlyValidFrom") != null) {
        throw new FieldRefused("elderlyRatio", "is missing");
      }
      return null;
    }
    LocalDate issuedOn = Fields.optional(line, "elderlyIssuedOn", Fields::date);
    ValidPeriod valid = valid(line, "elderlyValidFrom", "elderlyValidTo");
    return new ElderlyCertificate(issuedOn, valid, ratio);
  }

  /** code:issuedOn:validFrom:validTo:selfPay. */
  private static SpecificDiseaseCertificate disease(String text) throws FieldRefused {
    String[] parts = text.split(":", -1);
    if (parts.length > 5) {
      throw new FieldRefused("specificDiseases", "has more than five parts");
    }
    SpecificDisease disease =
        Fields.required("specificDiseases", part(parts, 0), Fields.coded(SpecificDisease.class));
    LocalDate issuedOn = Fields.optional("specificDiseases", part(parts, 1), Fields::date);
    LocalDate from = Fields.required("specificDiseases", part(parts, 2), Fields::date);
    LocalDate to = Fields.optional("specificDiseases", part(parts, 3), Fields::date);
    Integer selfPay =
        Fields.optional("specificDiseases", part(parts, 4), Fields.whole(0, 9_999_999));
    return Fields.together(
        "specificDiseases",
        () ->
            new SpecificDiseaseCertificate(disease, issuedOn, new ValidPeriod(from, to), selfPay));
  }

  private static @Nullable String part(String[] parts, int at) {
    return at < parts.length ? parts[at] : null;
  }

  private static boolean truth(FeedLine line, String field) throws FieldRefused {
    Boolean truth = Fields.optional(line, field, Fields::truth);
    return truth != null && truth;
  }

  static ValidPeriod valid(FeedLine line, String fromField, String toField) throws FieldRefused {
    LocalDate from = Fields.required(line, fromField, Fields::date);
    LocalDate to = Fields.optional(line, toField, Fields::date);
    return Fields.together(toField, () -> new ValidPeriod(from, to));
  }
}
