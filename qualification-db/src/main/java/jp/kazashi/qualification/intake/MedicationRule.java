package jp.kazashi.qualification.intake;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import jp.kazashi.qualification.audit.Digest;
import jp.kazashi.qualification.coverage.PersonCoverage;
import jp.kazashi.qualification.institution.InstitutionCode;
import jp.kazashi.qualification.medical.DrugCode;
import jp.kazashi.qualification.medical.MedicationRecord;
import jp.kazashi.qualification.medical.MedicationSource;

/** Judges lines of a claims feed. */
public final class MedicationRule {
  private MedicationRule() {}

  public static Intake<MedicationChange> judge(
      List<MedicationLine> lines,
      Map<String, Digest> takenBefore,
      KnownPeople known,
      Sender sender) {
    List<MedicationChange> changes = new ArrayList<>();
    IntakeTally tally = new IntakeTally(takenBefore);
    lines.forEach(line ->
        tally.count(
            line,
            () -> {
              PersonCoverage member = known.member(line.personCode(), sender);
              changes.add(new MedicationChange(member.person().id(), read(line)));
            }));
    return Intake.of(changes, tally);
  }

  /** The months that these lines may bring records for. */
  public static Set<YearMonth> months(List<MedicationLine> lines) {
    Set<YearMonth> months = new TreeSet<>();
    for (MedicationLine line : lines) {
      try {
        months.add(Fields.required("month", line.month(), Fields::month));
      } catch (FieldRefused unreadable) {
        // The line will be rejected, and brings nothing.
      }
    }
    return months;
  }

  private static MedicationRecord read(MedicationLine line) throws FieldRefused {
    MedicationSource source =
        Fields.required("source", line.source(), Fields.oneOf(MedicationSource.class));
    YearMonth month = Fields.required("month", line.month(), Fields::month);
    LocalDate date = Fields.required("date", line.date(), Fields::date);
    InstitutionCode facility =
        Fields.required("facilityCode", line.facilityCode(), InstitutionCode::new);
    String facilityName = Fields.required("facilityName", line.facilityName(), Fields.upTo(100));
    DrugCode code = Fields.required("code", line.code(), DrugCode::new);
    String name = Fields.required("name", line.name(), Fields.upTo(200));
    String ingredient = Fields.optional("ingredient", line.ingredient(), Fields.upTo(200));
    BigDecimal quantity = Fields.required("quantity", line.quantity(), MedicationRule::quantity);
    String unit = Fields.required("unit", line.unit(), Fields.upTo(40));
    String usage = Fields.optional("usage", line.usage(), Fields.upTo(400));
    int days = line.days() == null ? 0 : line.days();
    return Fields.together(
        "days",
        () ->
            new MedicationRecord(
                source,
                month,
                date,
                facility,
                facilityName,
                code,
                name,
                ingredient,
                quantity,
                unit,
                usage,
                days,
                null));
  }

  private static BigDecimal quantity(String text) {
    // "1e999999999" is a number too, and would fill the disk.
    if (!text.matches("[0-9]{1,9}(\\.[0-9]{1,6})?")) {
      throw new IllegalArgumentException("A quantity has up to 9 digits and 6 decimals");
    }
    BigDecimal quantity = new BigDecimal(text);
    if (quantity.signum() == 0) {
      throw new IllegalArgumentException("A quantity is more than nothing");
    }
    return quantity;
  }
}
