package jp.kazashi.qualification.store.reactive;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.kazashi.qualification.check.CheckId;
import jp.kazashi.qualification.institution.InstitutionCode;
import jp.kazashi.qualification.store.KeepReconciliations;
import jp.kazashi.qualification.store.Reconciliation;
import org.hibernate.reactive.mutiny.Mutiny;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;
import org.jspecify.annotations.Nullable;

public final class ReconciliationsInDatabase implements KeepReconciliations {
  private static final String INSERT =
      """
      insert into reconciliation
        (institution, terminal, chain, number, digest, check_id, outcome, reconciled_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8)
      on conflict do nothing
      """;

  private final Database database;

  public ReconciliationsInDatabase(Mutiny.SessionFactory sessions) {
    this.database = new Database(sessions);
  }

  @Override
  public Uni<Optional<Reconciliation>> keep(Reconciliation reconciliation) {
    return database
        .change(INSERT, parameters(reconciliation))
        .chain(
            kept -> kept == 1 ? Uni.createFrom().item(Optional.empty()) : before(reconciliation));
  }

  @Override
  public Uni<Long> last(InstitutionCode institution, String terminal, String chain) {
    return database
        .rows(
            row -> row.count(0),
            """
            select coalesce(max(number), 0) from reconciliation
            where institution = $1 and terminal = $2 and chain = $3
            """,
            institution.digits(),
            terminal,
            chain)
        .map(List::getFirst);
  }

  @Override
  public Uni<Optional<Reconciliation>> find(
      InstitutionCode institution, String terminal, String chain, long number) {
    return database.first(
        row ->
            new Reconciliation(
                institution,
                terminal,
                chain,
                number,
                row.digest(0),
                checkId(row.uuidOrNull(1)),
                row.text(2),
                row.instant(3)),
        """
        select digest, check_id, outcome, reconciled_at from reconciliation
        where institution = $1 and terminal = $2 and chain = $3 and number = $4
        """,
        institution.digits(),
        terminal,
        chain,
        number);
  }

  @Override
  public Uni<Long> countAfter(InstitutionCode institution, String terminal, Instant after) {
    return database
        .rows(
            row -> row.count(0),
            """
            select count(*) from reconciliation
            where institution = $1 and terminal = $2 and reconciled_at > $3
            """,
            institution.digits(),
            terminal,
            Database.time(after))
        .map(List::getFirst);
  }

  @Override
  public Uni<Boolean> became(CheckId check, InstitutionCode institution, String terminal) {
    return database
        .rows(
            row -> row.truth(0),
            """
            select exists (
              select from reconciliation
              where institution = $1 and terminal = $2 and check_id = $3)
            """,
            institution.digits(),
            terminal,
            check.value())
        .map(List::getFirst);
  }

  /** Whether it is the first under its number. */
  static Uni<Boolean> insert(StatelessSession session, Reconciliation reconciliation) {
    return Database.update(session, INSERT, parameters(reconciliation)).map(kept -> kept == 1);
  }

  private static @Nullable Object[] parameters(Reconciliation reconciliation) {
    return new @Nullable Object[] {
      reconciliation.institution().digits(),
      reconciliation.terminal(),
      reconciliation.chain(),
      reconciliation.number(),
      Database.bytes(reconciliation.digest()),
      reconciliation.check() == null ? null : reconciliation.check().value(),
      reconciliation.outcome(),
      Database.time(reconciliation.at())
    };
  }

  private Uni<Optional<Reconciliation>> before(Reconciliation again) {
    return find(again.institution(), again.terminal(), again.chain(), again.number());
  }

  private static @Nullable CheckId checkId(@Nullable UUID id) {
    return id == null ? null : new CheckId(id);
  }
}
