package jp.kazashi.qualification.intake;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jp.kazashi.qualification.coverage.CoverageKeys;
import jp.kazashi.qualification.institution.InstitutionCode;
import jp.kazashi.qualification.medical.CareCategory;
import jp.kazashi.qualification.medical.CareRecord;
import jp.kazashi.qualification.medical.CheckupCatalogue;
import jp.kazashi.qualification.medical.CheckupItem;
import jp.kazashi.qualification.medical.CheckupKind;
import jp.kazashi.qualification.medical.CheckupRecord;
import jp.kazashi.qualification.medical.DrugCode;
import jp.kazashi.qualification.medical.Facility;
import jp.kazashi.qualification.medical.MedicalCategory;
import jp.kazashi.qualification.medical.MedicationRecord;
import jp.kazashi.qualification.medical.MedicationSource;
import jp.kazashi.qualification.medical.Practice;
import jp.kazashi.qualification.medical.PracticeCode;
import jp.kazashi.qualification.medical.SurgeryRecord;
import jp.kazashi.qualification.person.BranchNumber;
import jp.kazashi.qualification.person.PayerNumber;
import jp.kazashi.qualification.person.PersonCode;
import jp.kazashi.qualification.person.PersonId;
import jp.kazashi.qualification.person.SymbolAndNumber;
import org.jspecify.annotations.Nullable;

/** Judges lines of claims and checkups: first each by itself, then whom it speaks of. */
public final class RecordRule {
  /** Nothing is taken in that is far from what may be told: it would only have to be deleted. */
  private static final int OLDEST_YEARS = 6;

  private final CheckupItems items;
  private final LocalDate receivedOn;
  private final IntakeKind intake;

  public RecordRule(CheckupCatalogue catalogue, LocalDate receivedOn, IntakeKind intake) {
    this.items = new CheckupItems(catalogue);
    this.receivedOn = receivedOn;
    this.intake = intake;
  }

  /** A line with what it says, or why that cannot be. */
  public record Drafted(
      FeedLine line, @Nullable RecordDraft draft, @Nullable RejectedLine refusal) {}

  /** Reads a line by itself; needs to know nobody. */
  public Drafted draft(FeedLine line) {
    try {
      return new Drafted(line, read(line), null);
    } catch (FieldRefused refused) {
      return new Drafted(line, null, refused.of(line.line()));
    }
  }

  /** What is to be written of the lines that are new and speak of members. */
  public static List<RecordChange> judge(
      List<Drafted> lines, IntakeTally tally, KnownMembers known) {
    List<RecordChange> changes = new ArrayList<>();
    Map<Withdrawn, Instant> now = new HashMap<>();
    for (Drafted each : lines) {
      tally.count(
          each.line(),
          () -> {
            RecordDraft draft = draftOf(each);
            PersonId person =
                known
                    .member(draft.person())
                    .orElseThrow(() -> new FieldRefused(fieldOf(draft.person()), NO_MEMBER));
            if (draft instanceof RecordDraft.Withdrawal withdrawal) {
              mustNotComeLate(withdrawal, person, known, now);
            }
            changes.add(new RecordChange(person, tally.nextPlace(), draft));
          });
    }
    return changes;
  }

  // The same words whether nobody has it, several have it, or another insurer's member does.
  private static final String NO_MEMBER = "No member of the sender is named by this";

  private static RecordDraft draftOf(Drafted line) throws FieldRefused {
    RejectedLine refusal = line.refusal();
    RecordDraft draft = line.draft();
    if (refusal != null || draft == null) {
      throw refusal == null
          ? new FieldRefused("line", "cannot be read")
          : new FieldRefused(refusal.field(), refusal.reason());
    }
    return draft;
  }

  private static String fieldOf(PersonKey key) {
    return switch (key) {
      case PersonKey.ByCode code -> "personCode";
      case PersonKey.ByKeys keys -> "number";
    };
  }

  private record Withdrawn(
      PersonId person,
      MedicalCategory category,
      YearMonth month,
      InstitutionCode facility,
      @Nullable MedicationSource source) {}

  private static void mustNotComeLate(
      RecordDraft.Withdrawal withdrawal,
      PersonId person,
      KnownMembers known,
      Map<Withdrawn, Instant> now)
      throws FieldRefused {
    Instant stated = withdrawal.statedAt();
    if (stated == null) {
      return;
    }
    Withdrawn key =
        new Withdrawn(
            person,
            withdrawal.category(),
            withdrawal.month(),
            withdrawal.facility(),
            withdrawal.source());
    Instant newest = now.get(key);
    if (newest == null) {
      newest = known.withdrawnAt(withdrawal, person).orElse(null);
    }
    if (newest != null && stated.isBefore(newest)) {
      throw new FieldRefused("statedAt", "Was stated before what is already known");
    }
    now.put(key, stated);
  }

  private RecordDraft read(FeedLine line) throws FieldRefused {
    return switch (line.type()) {
      case MEDICATION -> medication(line);
      case CARE -> care(line);
      case SURGERY -> surgery(line);
      case CHECKUP -> checkup(line);
      case WITHDRAWAL -> withdrawal(line);
      case QUALIFICATION, REGISTRATION, TICKET ->
          throw new FieldRefused("type", "is not of this intake");
    };
  }

  private static PersonKey person(FeedLine line) throws FieldRefused {
    PersonCode code = Fields.optional(line, "personCode", PersonCode::new);
    if (code != null) {
      return new PersonKey.ByCode(code);
    }
    if (line.text("insurerNumber") == null) {
      throw new FieldRefused("personCode", "is missing");
    }
    PayerNumber payer = Fields.required(line, "insurerNumber", PayerNumber::of);
    String symbol = Fields.optional(line, "symbol", Fields.upTo(20));
    SymbolAndNumber number =
        Fields.required(line, "number", text -> new SymbolAndNumber(symbol, text));
    BranchNumber branch = Fields.optional(line, "branchNumber", BranchNumber::new);
    LocalDate birthDate = Fields.required(line, "birthDate", Fields::date);
    return new PersonKey.ByKeys(new CoverageKeys(payer, number, branch, birthDate));
  }

  private RecordDraft medication(FeedLine line) throws FieldRefused {
    PersonKey person = person(line);
    MedicationSource source = Fields.required(line, "source", Fields.coded(MedicationSource.class));
    YearMonth month = month(line);
    LocalDate date = dayOf(line, month);
    Facility facility = facility(line);
    InstitutionCode prescriber = Fields.optional(line, "prescriberCode", InstitutionCode::new);
    String prescriberName = Fields.optional(line, "prescriberName", Fields.upTo(100));
    if ((prescriber == null) != (prescriberName == null)) {
      throw new FieldRefused("prescriberName", "A prescriber has a code and a name");
    }
    DrugCode code = Fields.required(line, "code", DrugCode::new);
    String name = Fields.required(line, "name", Fields.upTo(200));
    String ingredient = Fields.optional(line, "ingredient", Fields.upTo(200));
    BigDecimal quantity = Fields.required(line, "quantity", Fields::quantity);
    String unit = Fields.required(line, "unit", Fields.upTo(40));
    String usage = Fields.optional(line, "usage", Fields.upTo(400));
    Integer days = Fields.optional(line, "days", Fields.whole(0, 999));
    return new RecordDraft.Medication(
        person,
        new MedicationRecord(
            source,
            month,
            date,
            facility.code(),
            facility.name(),
            code,
            name,
            ingredient,
            quantity,
            unit,
            usage,
            days == null ? 0 : days,
            prescriber == null || prescriberName == null
                ? null
                : new Facility(prescriber, prescriberName)));
  }

  private RecordDraft care(FeedLine line) throws FieldRefused {
    PersonKey person = person(line);
    CareCategory category = Fields.required(line, "category", Fields.oneOf(CareCategory.class));
    YearMonth month = month(line);
    LocalDate date = dayOf(line, month);
    Facility facility = facility(line);
    boolean without =
        category == CareCategory.VISIT && line.text("code") == null && line.text("name") == null;
    Practice practice = without ? null : practice(line);
    return new RecordDraft.Care(
        person, new CareRecord(category, month, date, facility, inpatient(line), practice));
  }

  private RecordDraft surgery(FeedLine line) throws FieldRefused {
    PersonKey person = person(line);
    YearMonth month = month(line);
    LocalDate date = dayOf(line, month);
    Facility facility = facility(line);
    Practice practice = practice(line);
    return new RecordDraft.Surgery(
        person, new SurgeryRecord(month, date, facility, inpatient(line), practice));
  }

  private RecordDraft checkup(FeedLine line) throws FieldRefused {
    PersonKey person = person(line);
    LocalDate date = Fields.required(line, "date", Fields::date);
    mustBeNear("date", YearMonth.from(date));
    CheckupKind kind = Fields.required(line, "kind", Fields.coded(CheckupKind.class));
    String programme = Fields.optional(line, "programme", Fields.upTo(3));
    Facility facility = facility(line);
    List<CheckupItem> results = Fields.required(line, "items", items::read);
    return Fields.together(
        "programme",
        () ->
            new RecordDraft.Checkup(
                person, new CheckupRecord(date, kind, programme, facility, results)));
  }

  private RecordDraft withdrawal(FeedLine line) throws FieldRefused {
    PersonKey person = person(line);
    MedicalCategory category = Fields.required(line, "category", MedicalCategory::ofWord);
    if ((category == MedicalCategory.CHECKUP) != (intake == IntakeKind.CHECKUPS)) {
      throw new FieldRefused("category", "is not of this intake");
    }
    YearMonth month = month(line);
    InstitutionCode facility = Fields.required(line, "facilityCode", InstitutionCode::new);
    MedicationSource source = Fields.optional(line, "source", Fields.coded(MedicationSource.class));
    if (source != null && category != MedicalCategory.MEDICATION) {
      throw new FieldRefused("source", "Only medication has sources");
    }
    Instant statedAt = Fields.optional(line, "statedAt", Fields::instant);
    return new RecordDraft.Withdrawal(person, category, month, facility, source, statedAt);
  }

  private YearMonth month(FeedLine line) throws FieldRefused {
    YearMonth month = Fields.required(line, "month", Fields::month);
    mustBeNear("month", month);
    return month;
  }

  private void mustBeNear(String field, YearMonth month) throws FieldRefused {
    YearMonth now = YearMonth.from(receivedOn);
    if (month.isAfter(now.plusMonths(1))) {
      throw new FieldRefused(field, "lies in the future");
    }
    if (month.isBefore(now.minusYears(OLDEST_YEARS))) {
      throw new FieldRefused(field, "is older than what is kept");
    }
  }

  private static LocalDate dayOf(FeedLine line, YearMonth month) throws FieldRefused {
    LocalDate date = Fields.required(line, "date", Fields::date);
    if (!YearMonth.from(date).equals(month)) {
      throw new FieldRefused("date", "is not in the claim month");
    }
    return date;
  }

  private static Facility facility(FeedLine line) throws FieldRefused {
    InstitutionCode code = Fields.required(line, "facilityCode", InstitutionCode::new);
    String name = Fields.required(line, "facilityName", Fields.upTo(100));
    return new Facility(code, name);
  }

  private static Practice practice(FeedLine line) throws FieldRefused {
    PracticeCode code = Fields.required(line, "code", PracticeCode::new);
    String name = Fields.required(line, "name", Fields.upTo(200));
    String division = Fields.optional(line, "practice", Fields.upTo(2));
    BigDecimal quantity = Fields.optional(line, "quantity", Fields::quantity);
    String unit = Fields.optional(line, "unit", Fields.upTo(40));
    Integer times = Fields.optional(line, "times", Fields.whole(1, 999));
    return Fields.together(
        "practice",
        () -> new Practice(code, name, division, quantity, unit, times == null ? 1 : times));
  }

  private static boolean inpatient(FeedLine line) throws FieldRefused {
    Boolean inpatient = Fields.optional(line, "inpatient", Fields::truth);
    return inpatient != null && inpatient;
  }
}
