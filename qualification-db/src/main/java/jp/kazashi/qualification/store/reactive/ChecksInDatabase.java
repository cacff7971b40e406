package jp.kazashi.qualification.store.reactive;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import jp.kazashi.qualification.audit.AuditKind;
import jp.kazashi.qualification.check.ChallengeKey;
import jp.kazashi.qualification.check.CheckId;
import jp.kazashi.qualification.consent.ConsentDecision;
import jp.kazashi.qualification.consent.ConsentLedger;
import jp.kazashi.qualification.institution.InstitutionCode;
import jp.kazashi.qualification.person.PersonId;
import jp.kazashi.qualification.store.Evidence;
import jp.kazashi.qualification.store.FindCheck;
import jp.kazashi.qualification.store.FindEvidence;
import jp.kazashi.qualification.store.FindGrants;
import jp.kazashi.qualification.store.FoundCheck;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

public final class ChecksInDatabase implements FindCheck, FindGrants, FindEvidence {
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

  @Override
  public Uni<Optional<FoundCheck>> bySpent(ChallengeKey key, InstitutionCode institution) {
    return database
        .first(
            row -> new CheckId(row.uuid(0)),
            "select check_id from spent_challenge where issued_at = $1 and challenge_id = $2",
            Database.time(key.issuedAt()),
            key.id())
        .chain(check ->
            check
                .map(id -> byId(id, institution))
                .orElseGet(() -> Uni.createFrom().item(Optional.empty())));
  }

  @Override
  public Uni<ConsentLedger> of(InstitutionCode institution, PersonId person, Instant at) {
    return database
        .reading(session ->
            session
                .createSelectionQuery(
                    """
                    from ConsentRow d
                    where d.personId = :person and d.institution = :institution
                      and d.decidedAt > :since
                    order by d.decidedAt
                    """,
                    ConsentRow.class)
                .setParameter("person", person.value())
                .setParameter("institution", institution.digits())
                .setParameter("since", at.minus(ConsentDecision.LONGEST))
                .getResultList())
        .map(rows -> new ConsentLedger(rows.stream().map(ConsentRow::decision).toList()));
  }

  @Override
  public Uni<List<Evidence>> of(CheckId check) {
    return database.rows(
        row -> new Evidence(row.text(0), row.bytes(1)),
        """
        select c.kind, e.content
        from check_evidence c join evidence e on e.digest = c.digest
        where c.check_id = $1
        order by c.kind, c.digest
        """,
        check.value());
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
