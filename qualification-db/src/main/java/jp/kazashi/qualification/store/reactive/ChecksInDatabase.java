package jp.kazashi.qualification.store.reactive;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import jp.kazashi.qualification.audit.AuditKind;
import jp.kazashi.qualification.check.CheckId;
import jp.kazashi.qualification.consent.ConsentLedger;
import jp.kazashi.qualification.institution.InstitutionCode;
import jp.kazashi.qualification.store.FindCheck;
import jp.kazashi.qualification.store.FoundCheck;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

public final class ChecksInDatabase implements FindCheck {
  /** With the check come its own decision and those of later visits, which may replace it. */
  private static final String BY_ID =
      """
      select c, a, d
      from CheckRow c
      join AuditRow a on a.checkId = c.id and a.kind = :kind
      left join ConsentRow d on d.personId = c.personId and d.institution = c.institution
        and (d.checkId = c.id or d.decidedAt >= c.at)
      where c.id = :id and c.institution = :institution
      """;

  private final Database database;

  public ChecksInDatabase(Mutiny.SessionFactory sessions) {
    this.database = new Database(sessions);
  }

  @Override
  public Uni<Optional<FoundCheck>> byId(CheckId id, InstitutionCode institution) {
    return database
        .reading(session ->
            session
                .createSelectionQuery(BY_ID, CheckedRow.class)
                .setParameter("kind", AuditKind.CHECK)
                .setParameter("id", id.value())
                .setParameter("institution", institution.digits())
                .getResultList())
        .map(ChecksInDatabase::found);
  }

  record CheckedRow(CheckRow check, AuditRow audit, @Nullable ConsentRow decision) {}

  private static Optional<FoundCheck> found(List<CheckedRow> rows) {
    return rows.stream()
        .findFirst()
        .map(first ->
            new FoundCheck(
                first.check.check(),
                first.audit.receipt(),
                new ConsentLedger(
                    rows.stream()
                        .map(CheckedRow::decision)
                        .filter(Objects::nonNull)
                        .map(ConsentRow::decision)
                        .toList())));
  }
}
