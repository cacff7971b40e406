package jp.kazashi.qualification.store.reactive;

import io.smallrye.mutiny.Uni;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.UUID;
import jp.kazashi.qualification.consent.ConsentGrant;
import jp.kazashi.qualification.coverage.Codes;
import jp.kazashi.qualification.institution.InstitutionCode;
import jp.kazashi.qualification.intake.CheckupItems;
import jp.kazashi.qualification.medical.CareCategory;
import jp.kazashi.qualification.medical.CareRecord;
import jp.kazashi.qualification.medical.CheckupCatalogue;
import jp.kazashi.qualification.medical.CheckupKind;
import jp.kazashi.qualification.medical.CheckupRecord;
import jp.kazashi.qualification.medical.DrugCode;
import jp.kazashi.qualification.medical.Facility;
import jp.kazashi.qualification.medical.MedicalCategory;
import jp.kazashi.qualification.medical.MedicationRecord;
import jp.kazashi.qualification.medical.MedicationSource;
import jp.kazashi.qualification.medical.Practice;
import jp.kazashi.qualification.medical.PracticeCode;
import jp.kazashi.qualification.medical.PublishGate;
import jp.kazashi.qualification.medical.SurgeryRecord;
import jp.kazashi.qualification.store.ReadCare;
import jp.kazashi.qualification.store.ReadCheckups;
import jp.kazashi.qualification.store.ReadMedications;
import jp.kazashi.qualification.store.ReadSurgeries;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Medical reads: one statement, one probe of each partition that can hold something. What was
 * withdrawn after it came is not told.
 */
public final class RecordsInDatabase
    implements ReadMedications, ReadCheckups, ReadCare, ReadSurgeries {
  private static final String WITHDRAWN =
      """
        and not exists (
          select from withdrawal w
          where w.person_id = $1 and w.category = '%s' and w.facility = r.facility
            and w.month = %s and (w.batch, w.line) > (r.batch, r.line)%s)
      """;

  private static final String MEDICATIONS =
      """
      select r.source, r.month, r.day, r.facility, r.facility_name, r.code, r.name, r.ingredient,
        r.quantity, r.unit, r.usage, r.days, r.prescriber, r.prescriber_name
      from medication r
      where r.person_id = $1 and r.month between $2 and $3 and r.day >= $4
      """
          + WITHDRAWN.formatted(
              "medication", "r.month", " and (w.source is null or w.source = r.source)")
          + "order by r.day, r.facility, r.source, r.code, r.batch, r.line";

  private static final String CARE =
      """
      select r.month, r.day, r.facility, r.facility_name, r.inpatient, r.code, r.name, r.division,
        r.quantity, r.unit, r.times, r.category
      from care r
      where r.person_id = $1 and r.month between $2 and $3 and r.day >= $4
      """
          + WITHDRAWN.formatted("care", "r.month", "")
          + "order by r.day, r.facility, r.category, r.code, r.batch, r.line";

  private static final String SURGERIES =
      """
      select r.month, r.day, r.facility, r.facility_name, r.inpatient, r.code, r.name, r.division,
        r.quantity, r.unit, r.times
      from surgery r
      where r.person_id = $1 and r.month between $2 and $3 and r.day >= $4
      """
          + WITHDRAWN.formatted("surgery", "r.month", "")
          + "order by r.day, r.facility, r.code, r.batch, r.line";

  private static final String CHECKUPS =
      """
      select r.day, r.kind, r.programme, r.facility, r.facility_name, r.items
      from checkup r
      where r.person_id = $1 and r.day between $2 and $3
      """
          + WITHDRAWN.formatted("checkup", "date_trunc('month', r.day)::date", "")
          + "order by r.day, r.facility, r.batch, r.line";

  private final Database database;
  private final CheckupItems items = new CheckupItems(CheckupCatalogue.standard());

  public RecordsInDatabase(Mutiny.SessionFactory sessions) {
    this.database = new Database(sessions);
  }

  @Override
  public Uni<List<MedicationRecord>> of(
      ConsentGrant grant, YearMonth from, YearMonth to, LocalDate notBefore) {
    return database.rows(
        RecordsInDatabase::medication,
        MEDICATIONS,
        personOf(grant, MedicalCategory.MEDICATION),
        from.atDay(1),
        to.atDay(1),
        notBefore);
  }

  @Override
  public Uni<List<CheckupRecord>> checkups(
      ConsentGrant grant, YearMonth from, YearMonth to, LocalDate notBefore) {
    LocalDate first = from.atDay(1);
    return database.rows(
        this::checkup,
        CHECKUPS,
        personOf(grant, MedicalCategory.CHECKUP),
        first.isBefore(notBefore) ? notBefore : first,
        to.atEndOfMonth());
  }

  @Override
  public Uni<List<CareRecord>> care(
      ConsentGrant grant, YearMonth from, YearMonth to, LocalDate notBefore, LocalDate today) {
    return database.rows(
        row ->
            new CareRecord(
                CareCategory.valueOf(row.text(11)),
                YearMonth.from(row.date(0)),
                row.date(1),
                facility(row, 2),
                row.truth(4),
                row.textOrNull(5) == null ? null : practice(row)),
        CARE,
        personOf(grant, MedicalCategory.CARE),
        from.atDay(1),
        published(to, today).atDay(1),
        notBefore);
  }

  @Override
  public Uni<List<SurgeryRecord>> surgeries(
      ConsentGrant grant, YearMonth from, YearMonth to, LocalDate notBefore, LocalDate today) {
    return database.rows(
        row ->
            new SurgeryRecord(
                YearMonth.from(row.date(0)),
                row.date(1),
                facility(row, 2),
                row.truth(4),
                practice(row)),
        SURGERIES,
        personOf(grant, MedicalCategory.SURGERY),
        from.atDay(1),
        published(to, today).atDay(1),
        notBefore);
  }

  /** The newest claim month that may be told, if that is earlier than what was asked for. */
  private static YearMonth published(YearMonth to, LocalDate today) {
    YearMonth newest = YearMonth.from(today);
    while (!PublishGate.drugs().open(newest, today)) {
      newest = newest.minusMonths(1);
    }
    return newest.isBefore(to) ? newest : to;
  }

  private static UUID personOf(ConsentGrant grant, MedicalCategory category) {
    if (grant.category() != category) {
      throw new IllegalArgumentException("This grant is not for " + category.word());
    }
    return grant.person().value();
  }

  private static MedicationRecord medication(Cells row) {
    BigDecimal quantity = row.decimalOrNull(8);
    return new MedicationRecord(
        MedicationSource.valueOf(row.text(0)),
        YearMonth.from(row.date(1)),
        row.date(2),
        new InstitutionCode(row.text(3)),
        row.text(4),
        new DrugCode(row.text(5)),
        row.text(6),
        row.textOrNull(7),
        quantity == null ? BigDecimal.ZERO : quantity,
        row.text(9),
        row.textOrNull(10),
        row.whole(11),
        row.textOrNull(12) == null ? null : facility(row, 12));
  }

  private CheckupRecord checkup(Cells row) {
    return new CheckupRecord(
        row.date(0),
        Codes.of(CheckupKind.class, row.text(1)),
        row.textOrNull(2),
        facility(row, 3),
        items.read(row.text(5)));
  }

  private static Facility facility(Cells row, int at) {
    return new Facility(new InstitutionCode(row.text(at)), row.text(at + 1));
  }

  private static Practice practice(Cells row) {
    return new Practice(
        new PracticeCode(row.text(5)),
        row.text(6),
        row.textOrNull(7),
        row.decimalOrNull(8),
        row.textOrNull(9),
        row.whole(10));
  }
}
