package jp.kazashi.qualification.intake;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import jp.kazashi.qualification.coverage.Insured;
import jp.kazashi.qualification.coverage.Qualification;
import jp.kazashi.qualification.coverage.QualificationKind;
import jp.kazashi.qualification.coverage.ReasonOfLoss;
import jp.kazashi.qualification.coverage.RecordedPeriod;
import jp.kazashi.qualification.coverage.Relationship;
import jp.kazashi.qualification.coverage.ValidPeriod;
import jp.kazashi.qualification.holder.HolderLink;
import jp.kazashi.qualification.institution.InstitutionCode;
import jp.kazashi.qualification.medical.DrugCode;
import jp.kazashi.qualification.medical.MedicationRecord;
import jp.kazashi.qualification.medical.MedicationSource;
import jp.kazashi.qualification.person.BranchNumber;
import jp.kazashi.qualification.person.InsurerNumber;
import jp.kazashi.qualification.person.PayerNumber;
import jp.kazashi.qualification.person.PersonCode;
import jp.kazashi.qualification.person.PersonName;
import jp.kazashi.qualification.person.PublicPayerNumber;
import jp.kazashi.qualification.person.Sex;
import jp.kazashi.qualification.person.SymbolAndNumber;
import org.jspecify.annotations.Nullable;

/** Makes of a line what it says, or says which field is wrong and why. */
public final class LineReader {
  private LineReader() {}

  /** What a line came to. */
  public sealed interface Reading<T> {
    record Read<T>(T value) implements Reading<T> {}

    record Wrong<T>(String field, String reason) implements Reading<T> {}
  }

  /** A member and what covers them. */
  public record Member(PersonCode code, Qualification qualification) {}

  /** A holder's link to a person. */
  public record Registration(PersonCode code, HolderLink link, Instant registeredAt) {}

  /** A drug somebody was given. */
  public record Medication(PersonCode code, MedicationRecord record) {}

  public static Reading<Member> qualification(
      QualificationLine line, Sender sender, UUID id, Instant at) {
    return reading(() -> {
      PersonCode code = field("personCode", line.personCode(), PersonCode::new);
      QualificationKind kind = field("kind", line.kind(), QualificationKind::valueOf);
      PayerNumber payer = field("insurerNumber", line.insurerNumber(), n -> payer(kind, n));
      if (!sender.speaksFor(payer)) {
        throw new WrongField("insurerNumber", "is another insurer's");
      }
      return new Member(code, qualification(line, kind, payer, id, at));
    });
  }

  public static Reading<Registration> registration(RegistrationLine line) {
    return reading(() ->
        new Registration(
            field("personCode", line.personCode(), PersonCode::new),
            field("serial", line.holderLink(), HolderLink::new),
            field("registeredAt", line.registeredAt(), Instant::parse)));
  }

  public static Reading<Medication> medication(MedicationLine line) {
    return reading(() ->
        new Medication(
            field("personCode", line.personCode(), PersonCode::new), medicationRecord(line)));
  }

  private static Qualification qualification(
      QualificationLine line, QualificationKind kind, PayerNumber payer, UUID id, Instant at) {
    String number = field("number", line.number(), text -> text);
    SymbolAndNumber keys = whole("number", () -> new SymbolAndNumber(line.symbol(), number));
    BranchNumber branch = optional("branchNumber", line.branchNumber(), BranchNumber::new);
    Relationship relationship = field("relationship", line.relationship(), Relationship::valueOf);
    Insured insured = insured(line);
    LocalDate issued = optional("issuedOn", line.issuedOn(), LocalDate::parse);
    LocalDate from = field("validFrom", line.validFrom(), LocalDate::parse);
    LocalDate to = optional("validTo", line.validTo(), LocalDate::parse);
    ValidPeriod valid = whole("validTo", () -> new ValidPeriod(from, to));
    ReasonOfLoss loss = optional("lossReason", line.lossReason(), ReasonOfLoss::ofCode);
    String payerName = field("insurerName", line.insurerName(), text -> text);
    return whole(
        "line",
        () ->
            new Qualification(
                id,
                kind,
                payer,
                payerName,
                keys,
                branch,
                relationship,
                insured,
                line.contributionRatio(),
                issued,
                valid,
                loss,
                new RecordedPeriod(at, null)));
  }

  private static Insured insured(QualificationLine line) {
    PersonName name = field("name", line.name(), text -> new PersonName(text, line.nameKana()));
    LocalDate birthDate = field("birthDate", line.birthDate(), LocalDate::parse);
    Sex sex = field("sex", line.sex(), Sex::valueOf);
    return whole(
        "address",
        () ->
            new Insured(
                name, birthDate, sex, blankless(line.postCode()), blankless(line.address())));
  }

  private static MedicationRecord medicationRecord(MedicationLine line) {
    MedicationSource source = field("source", line.source(), MedicationSource::valueOf);
    YearMonth month = field("month", line.month(), YearMonth::parse);
    LocalDate date = field("date", line.date(), LocalDate::parse);
    InstitutionCode facility = field("facilityCode", line.facilityCode(), InstitutionCode::new);
    String facilityName = field("facilityName", line.facilityName(), text -> text);
    DrugCode code = field("code", line.code(), DrugCode::new);
    String name = field("name", line.name(), text -> text);
    BigDecimal quantity = field("quantity", line.quantity(), BigDecimal::new);
    String unit = field("unit", line.unit(), text -> text);
    Integer days = line.days();
    return whole(
        "line",
        () ->
            new MedicationRecord(
                source,
                month,
                date,
                facility,
                facilityName,
                code,
                name,
                blankless(line.ingredient()),
                quantity,
                unit,
                blankless(line.usage()),
                days == null ? 0 : days));
  }

  private static PayerNumber payer(QualificationKind kind, String digits) {
    return switch (kind) {
      case MEDICAL_INSURANCE -> new InsurerNumber(digits);
      case MEDICAL_AID -> new PublicPayerNumber(digits);
    };
  }

  private static <T> T field(String field, @Nullable String text, Function<String, T> meaning) {
    if (text == null || text.isBlank()) {
      throw new WrongField(field, "is missing");
    }
    return whole(field, () -> meaning.apply(text));
  }

  private static <T> @Nullable T optional(
      String field, @Nullable String text, Function<String, T> meaning) {
    return text == null || text.isBlank() ? null : whole(field, () -> meaning.apply(text));
  }

  private static <T> T whole(String field, Supplier<T> value) {
    try {
      return value.get();
    } catch (DateTimeException e) {
      throw new WrongField(field, "is not a date or time");
    } catch (IllegalArgumentException e) {
      throw new WrongField(field, "is not valid: " + e.getMessage());
    }
  }

  private static @Nullable String blankless(@Nullable String text) {
    return text == null || text.isBlank() ? null : text;
  }

  private static <T> Reading<T> reading(Supplier<T> line) {
    try {
      return new Reading.Read<>(line.get());
    } catch (WrongField wrong) {
      return new Reading.Wrong<>(wrong.field, wrong.reason);
    }
  }

  /** Ends the reading of one line; it never leaves this file. */
  private static final class WrongField extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final String field;
    private final String reason;

    WrongField(String field, String reason) {
      super(reason, null, false, false);
      this.field = field;
      this.reason = reason;
    }
  }
}
