package jp.kazashi.qualification.store.reactive;

import io.smallrye.mutiny.Uni;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import jp.kazashi.qualification.intake.CheckupItems;
import jp.kazashi.qualification.intake.IntakeTally;
import jp.kazashi.qualification.intake.RecordChange;
import jp.kazashi.qualification.intake.RecordDraft;
import jp.kazashi.qualification.intake.RecordRule;
import jp.kazashi.qualification.intake.RecordRule.Drafted;
import jp.kazashi.qualification.medical.CareRecord;
import jp.kazashi.qualification.medical.CheckupRecord;
import jp.kazashi.qualification.medical.MedicationRecord;
import jp.kazashi.qualification.medical.Practice;
import jp.kazashi.qualification.medical.SurgeryRecord;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;
import org.jspecify.annotations.Nullable;

/** Writes medication, care, surgery, checkups and withdrawals, each kind in one statement. */
final class RecordWriter implements PieceWriter {
  private static final int PIECE = 2000;

  private final Partitions partitions;

  RecordWriter(Partitions partitions) {
    this.partitions = partitions;
  }

  @Override
  public int lines() {
    return PIECE;
  }

  @Override
  public Uni<Void> prepare(List<Drafted> lines) {
    Set<Partitions.Partition> needed = new LinkedHashSet<>();
    for (Drafted line : lines) {
      switch (line.draft()) {
        case RecordDraft.Medication each ->
            needed.add(new Partitions.Partition("medication", each.record().month()));
        case RecordDraft.Care each ->
            needed.add(new Partitions.Partition("care", each.record().month()));
        case RecordDraft.Surgery each ->
            needed.add(new Partitions.Partition("surgery", each.record().month()));
        case RecordDraft.Checkup each ->
            needed.add(new Partitions.Partition("checkup", YearMonth.from(each.record().date())));
        case RecordDraft.Withdrawal each -> {}
        case null -> {}
      }
    }
    return partitions.make(needed);
  }

  @Override
  public void forget() {
    partitions.forget();
  }

  @Override
  public Uni<Void> write(
      StatelessSession session, OpenBatch batch, List<Drafted> lines, IntakeTally tally) {
    return Members.find(session, batch.delivery().sender(), lines)
        .chain(members -> {
          List<RecordChange> changes = RecordRule.judge(lines, tally, members);
          List<Row<MedicationRecord>> medications = new ArrayList<>();
          List<Row<CareRecord>> care = new ArrayList<>();
          List<Row<SurgeryRecord>> surgeries = new ArrayList<>();
          List<Row<CheckupRecord>> checkups = new ArrayList<>();
          List<Row<RecordDraft.Withdrawal>> withdrawals = new ArrayList<>();
          for (RecordChange change : changes) {
            UUID person = change.person().value();
            switch (change.draft()) {
              case RecordDraft.Medication each ->
                  medications.add(new Row<>(person, change.place(), each.record()));
              case RecordDraft.Care each ->
                  care.add(new Row<>(person, change.place(), each.record()));
              case RecordDraft.Surgery each ->
                  surgeries.add(new Row<>(person, change.place(), each.record()));
              case RecordDraft.Checkup each ->
                  checkups.add(new Row<>(person, change.place(), each.record()));
              case RecordDraft.Withdrawal each ->
                  withdrawals.add(new Row<>(person, change.place(), each));
            }
          }
          return medications(session, batch, medications)
              .chain(() -> care(session, batch, care))
              .chain(() -> surgeries(session, batch, surgeries))
              .chain(() -> checkups(session, batch, checkups))
              .chain(() -> withdrawals(session, batch, withdrawals));
        });
  }

  private record Row<T>(UUID person, int place, T record) {}

  private static Uni<Void> medications(
      StatelessSession session, OpenBatch batch, List<Row<MedicationRecord>> rows) {
    return insert(
        session,
        rows,
        """
        insert into medication
          (person_id, line, source, month, day, facility, facility_name, code, name, ingredient,
           quantity, unit, usage, days, prescriber, prescriber_name, batch)
        select r.person, r.line, r.source, r.month, r.day, r.facility, r.facility_name, r.code,
          r.name, r.ingredient, r.quantity::numeric, r.unit, r.usage, r.days, r.prescriber,
          r.prescriber_name, $17
        from unnest($1::uuid[], $2::integer[], $3::text[], $4::date[], $5::date[], $6::text[],
          $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[],
          $14::integer[], $15::text[], $16::text[])
          as r (person, line, source, month, day, facility, facility_name, code, name, ingredient,
            quantity, unit, usage, days, prescriber, prescriber_name)
        """,
        texts(rows, each -> each.source().name()),
        dates(rows, each -> each.month().atDay(1)),
        dates(rows, MedicationRecord::date),
        texts(rows, each -> each.facility().digits()),
        texts(rows, MedicationRecord::facilityName),
        texts(rows, each -> each.code().digits()),
        texts(rows, MedicationRecord::name),
        texts(rows, MedicationRecord::ingredient),
        texts(rows, each -> each.quantity().toPlainString()),
        texts(rows, MedicationRecord::unit),
        texts(rows, MedicationRecord::usage),
        numbers(rows, MedicationRecord::days),
        texts(rows, each -> each.prescriber() == null ? null : each.prescriber().code().digits()),
        texts(rows, each -> each.prescriber() == null ? null : each.prescriber().name()),
        batch.number());
  }

  private static Uni<Void> care(
      StatelessSession session, OpenBatch batch, List<Row<CareRecord>> rows) {
    return insert(
        session,
        rows,
        """
        insert into care
          (person_id, line, category, month, day, facility, facility_name, inpatient, code, name,
           division, quantity, unit, times, batch)
        select r.person, r.line, r.category, r.month, r.day, r.facility, r.facility_name,
          r.inpatient, r.code, r.name, r.division, r.quantity::numeric, r.unit, r.times, $15
        from unnest($1::uuid[], $2::integer[], $3::text[], $4::date[], $5::date[], $6::text[],
          $7::text[], $8::boolean[], $9::text[], $10::text[], $11::text[], $12::text[],
          $13::text[], $14::integer[])
          as r (person, line, category, month, day, facility, facility_name, inpatient, code, name,
            division, quantity, unit, times)
        """,
        texts(rows, each -> each.category().name()),
        dates(rows, each -> each.month().atDay(1)),
        dates(rows, CareRecord::date),
        texts(rows, each -> each.facility().code().digits()),
        texts(rows, each -> each.facility().name()),
        Columns.of(rows, row -> row.record().inpatient(), Boolean[]::new),
        texts(rows, each -> of(each.practice(), practice -> practice.code().digits())),
        texts(rows, each -> of(each.practice(), Practice::name)),
        texts(rows, each -> of(each.practice(), Practice::division)),
        texts(rows, each -> of(each.practice(), RecordWriter::quantity)),
        texts(rows, each -> of(each.practice(), Practice::unit)),
        numbers(rows, each -> each.practice() == null ? 1 : each.practice().times()),
        batch.number());
  }

  private static Uni<Void> surgeries(
      StatelessSession session, OpenBatch batch, List<Row<SurgeryRecord>> rows) {
    return insert(
        session,
        rows,
        """
        insert into surgery
          (person_id, line, month, day, facility, facility_name, inpatient, code, name, division,
           quantity, unit, times, batch)
        select r.person, r.line, r.month, r.day, r.facility, r.facility_name, r.inpatient, r.code,
          r.name, r.division, r.quantity::numeric, r.unit, r.times, $14
        from unnest($1::uuid[], $2::integer[], $3::date[], $4::date[], $5::text[], $6::text[],
          $7::boolean[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[],
          $13::integer[])
          as r (person, line, month, day, facility, facility_name, inpatient, code, name, division,
            quantity, unit, times)
        """,
        dates(rows, each -> each.month().atDay(1)),
        dates(rows, SurgeryRecord::date),
        texts(rows, each -> each.facility().code().digits()),
        texts(rows, each -> each.facility().name()),
        Columns.of(rows, row -> row.record().inpatient(), Boolean[]::new),
        texts(rows, each -> each.practice().code().digits()),
        texts(rows, each -> each.practice().name()),
        texts(rows, each -> each.practice().division()),
        texts(rows, each -> quantity(each.practice())),
        texts(rows, each -> each.practice().unit()),
        numbers(rows, each -> each.practice().times()),
        batch.number());
  }

  private static Uni<Void> checkups(
      StatelessSession session, OpenBatch batch, List<Row<CheckupRecord>> rows) {
    return insert(
        session,
        rows,
        """
        insert into checkup
          (person_id, line, day, kind, programme, facility, facility_name, items, batch)
        select r.*, $9
        from unnest($1::uuid[], $2::integer[], $3::date[], $4::text[], $5::text[], $6::text[],
          $7::text[], $8::text[]) as r
        """,
        dates(rows, CheckupRecord::date),
        texts(rows, each -> each.kind().code()),
        texts(rows, CheckupRecord::programme),
        texts(rows, each -> each.facility().code().digits()),
        texts(rows, each -> each.facility().name()),
        texts(rows, each -> CheckupItems.write(each.items())),
        batch.number());
  }

  private static Uni<Void> withdrawals(
      StatelessSession session, OpenBatch batch, List<Row<RecordDraft.Withdrawal>> rows) {
    return insert(
        session,
        rows,
        """
        insert into withdrawal
          (person_id, line, category, month, facility, source, stated_at, batch, recorded_at)
        select r.*, $8, $9
        from unnest($1::uuid[], $2::integer[], $3::text[], $4::date[], $5::text[], $6::text[],
          $7::timestamptz[]) as r
        """,
        texts(rows, each -> each.category().word()),
        dates(rows, each -> each.month().atDay(1)),
        texts(rows, each -> each.facility().digits()),
        texts(rows, each -> each.source() == null ? null : each.source().name()),
        Columns.of(
            rows, row -> Database.timeOrNull(row.record().statedAt()), OffsetDateTime[]::new),
        batch.number(),
        Database.time(batch.delivery().receivedAt()));
  }

  private static <T> Uni<Void> insert(
      StatelessSession session, List<Row<T>> rows, String sql, Object... columns) {
    if (rows.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    List<Object> parameters = new ArrayList<>();
    parameters.add(Columns.of(rows, Row::person, UUID[]::new));
    parameters.add(Columns.of(rows, Row::place, Integer[]::new));
    parameters.addAll(List.of(columns));
    return Database.update(session, sql, parameters.toArray()).replaceWithVoid();
  }

  private static <T> @Nullable String[] texts(
      List<Row<T>> rows, Function<T, @Nullable String> value) {
    return Columns.of(rows, row -> value.apply(row.record()), String[]::new);
  }

  private static <T> LocalDate[] dates(List<Row<T>> rows, Function<T, LocalDate> value) {
    return Columns.of(rows, row -> value.apply(row.record()), LocalDate[]::new);
  }

  private static <T> Integer[] numbers(List<Row<T>> rows, Function<T, Integer> value) {
    return Columns.of(rows, row -> value.apply(row.record()), Integer[]::new);
  }

  private static @Nullable String of(
      @Nullable Practice practice, Function<Practice, @Nullable String> value) {
    return practice == null ? null : value.apply(practice);
  }

  private static @Nullable String quantity(Practice practice) {
    return practice.quantity() == null ? null : practice.quantity().toPlainString();
  }
}
