package jp.kazashi.qualification.store.reactive;

import io.smallrye.mutiny.Uni;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import jp.kazashi.qualification.coverage.ValidPeriod;
import jp.kazashi.qualification.institution.Institution;
import jp.kazashi.qualification.institution.InstitutionCode;
import jp.kazashi.qualification.institution.InstitutionKind;
import jp.kazashi.qualification.institution.Prefecture;
import jp.kazashi.qualification.institution.UsageDay;
import jp.kazashi.qualification.institution.UsageKind;
import jp.kazashi.qualification.store.KeepInstitutions;
import jp.kazashi.qualification.store.KeepUsage;
import org.hibernate.reactive.mutiny.Mutiny;

public final class InstitutionsInDatabase implements KeepInstitutions, KeepUsage {
  private static final String COLUMNS =
      "select code, name, kind, prefecture, valid_from, valid_to, offered, smartphone, exchange"
          + " from institution ";

  private static final String PUT =
      """
      insert into institution
        (code, name, kind, prefecture, valid_from, valid_to, offered, smartphone, exchange)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
      on conflict (code) do update set
        name = excluded.name, kind = excluded.kind, prefecture = excluded.prefecture,
        valid_from = excluded.valid_from, valid_to = excluded.valid_to,
        offered = excluded.offered, smartphone = excluded.smartphone, exchange = excluded.exchange
      """;

  private static final String COUNT =
      """
      insert into usage_day (institution, day, kind, count)
      select organisation, $1::date, counted, count(*)
      from (
        select organisation,
          case
            when kind = 'CHECK' then 'CARD_CHECK'
            when kind = 'LOOK_UP' then 'KEY_CHECK'
            when kind = 'READ' and outcome = 'SHOWN'
              then upper(details::jsonb ->> 'category') || '_READ'
          end as counted
        from audit_entry
        where at >= $2 and at < $3 and organisation ~ '^[0-9]{10}$'
      ) as done
      where counted is not null
      group by organisation, counted
      on conflict (day, institution, kind) do update set count = excluded.count
      """;

  private static final String PUT_USAGE =
      """
      insert into usage_day (institution, day, kind, count)
      select * from unnest($1::text[], $2::date[], $3::text[], $4::bigint[])
      on conflict (day, institution, kind) do update set count = excluded.count
      """;

  private static final String USAGE =
      """
      select institution, day, kind, count from usage_day
      where day >= $1 and day < $2 and ($3::text is null or institution = $3)
      order by day, institution, kind
      """;

  private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");

  private final Database database;

  public InstitutionsInDatabase(Mutiny.SessionFactory sessions) {
    this.database = new Database(sessions);
  }

  @Override
  public Uni<Optional<Institution>> byCode(InstitutionCode code) {
    return database.first(
        InstitutionsInDatabase::institution, COLUMNS + "where code = $1", code.digits());
  }

  @Override
  public Uni<List<Institution>> all() {
    return database.rows(InstitutionsInDatabase::institution, COLUMNS + "order by code");
  }

  @Override
  public Uni<Void> put(Institution institution) {
    return database
        .change(
            PUT,
            institution.code().digits(),
            institution.name(),
            institution.kind().name(),
            institution.prefecture().digits(),
            institution.valid().from(),
            institution.valid().to(),
            CategoryWords.write(institution.offered()),
            institution.smartphone(),
            institution.exchange())
        .replaceWithVoid();
  }

  @Override
  public Uni<Void> count(LocalDate day) {
    return database
        .change(
            COUNT,
            day,
            Database.time(day.atStartOfDay(TOKYO).toInstant()),
            Database.time(day.plusDays(1).atStartOfDay(TOKYO).toInstant()))
        .replaceWithVoid();
  }

  @Override
  public Uni<Void> put(List<UsageDay> rows) {
    return database
        .change(
            PUT_USAGE,
            Columns.of(rows, row -> row.institution().digits(), String[]::new),
            Columns.of(rows, UsageDay::day, LocalDate[]::new),
            Columns.of(rows, row -> row.kind().name(), String[]::new),
            Columns.of(rows, UsageDay::count, Long[]::new))
        .replaceWithVoid();
  }

  @Override
  public Uni<List<UsageDay>> of(YearMonth month, Optional<InstitutionCode> institution) {
    return database.rows(
        row ->
            new UsageDay(
                new InstitutionCode(row.text(0)),
                row.date(1),
                UsageKind.valueOf(row.text(2)),
                row.count(3)),
        USAGE,
        month.atDay(1),
        month.plusMonths(1).atDay(1),
        institution.map(InstitutionCode::digits).orElse(null));
  }

  private static Institution institution(Cells row) {
    return new Institution(
        new InstitutionCode(row.text(0)),
        row.text(1),
        InstitutionKind.valueOf(row.text(2)),
        new Prefecture(row.text(3)),
        new ValidPeriod(row.date(4), row.dateOrNull(5)),
        CategoryWords.read(row.text(6)),
        row.truth(7),
        row.truth(8));
  }
}
