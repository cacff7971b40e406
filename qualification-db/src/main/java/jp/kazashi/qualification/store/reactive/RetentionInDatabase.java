package jp.kazashi.qualification.store.reactive;

import io.smallrye.mutiny.Uni;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import jp.kazashi.qualification.medical.KeptKind;
import jp.kazashi.qualification.medical.RetentionPolicy;
import jp.kazashi.qualification.store.DropExpired;
import org.hibernate.reactive.mutiny.Mutiny;

public final class RetentionInDatabase implements DropExpired {
  private static final Map<String, KeptKind> TABLES =
      Map.of(
          "medication", KeptKind.MEDICATION,
          "care", KeptKind.CARE,
          "surgery", KeptKind.SURGERY,
          "checkup", KeptKind.CHECKUP);

  private static final String SPENT = "spent_challenge";

  /**
   * A challenge is good for two minutes, and what was recorded while a line was down for three
   * days: of an older one nobody asks whether it was spent.
   */
  private static final int SPENT_KEPT_MONTHS = 1;

  /** Held until what is dropped is dropped. */
  private static final String TURN =
      "select pg_try_advisory_xact_lock(hashtextextended('kazashi retention', 0))";

  private final Database database;

  public RetentionInDatabase(Mutiny.SessionFactory sessions) {
    this.database = new Database(sessions);
  }

  @Override
  public Uni<List<String>> on(LocalDate today, Function<List<String>, Uni<Void>> announce) {
    return database.writing(session ->
        Database.select(session, TURN)
            .chain(turn ->
                Cells.map(turn, row -> row.truth(0)).getFirst()
                    ? due(today)
                        .chain(due ->
                            due.isEmpty()
                                ? Uni.createFrom().item(due)
                                : announce.apply(due).chain(() -> dropAll(today)))
                    : Uni.createFrom().item(List.of())));
  }

  private Uni<List<String>> due(LocalDate today) {
    List<Map.Entry<String, LocalDate>> tables = expiring(today);
    return database.rows(
        row -> row.text(0),
        """
        select s.child from stored_partition s
        join unnest($1::text[], $2::date[]) as expiring (parent, before)
          on s.parent = expiring.parent and s.next <= expiring.before
        order by s.child
        """,
        Columns.of(tables, Map.Entry::getKey, String[]::new),
        Columns.of(tables, Map.Entry::getValue, LocalDate[]::new));
  }

  /** Each table in a transaction of its own, so that no reader waits for more than one. */
  private Uni<List<String>> dropAll(LocalDate today) {
    Uni<List<String>> dropped = Uni.createFrom().item(List.of());
    for (Map.Entry<String, LocalDate> table : expiring(today)) {
      dropped = dropped.chain(before -> drop(table.getKey(), table.getValue(), before));
    }
    return dropped;
  }

  private static List<Map.Entry<String, LocalDate>> expiring(LocalDate today) {
    Map<String, LocalDate> before = new TreeMap<>();
    TABLES.forEach((table, kind) -> before.put(table, notBefore(kind, today)));
    before.put(SPENT, today.minusMonths(SPENT_KEPT_MONTHS));
    return List.copyOf(before.entrySet());
  }

  private Uni<List<String>> drop(String table, LocalDate before, List<String> dropped) {
    return database
        .rows(row -> row.text(0), "select * from drop_partitions($1, $2)", table, before)
        .map(now -> Stream.concat(dropped.stream(), now.stream()).toList());
  }

  /** A partition goes when its last day is past every policy. */
  private static LocalDate notBefore(KeptKind kind, LocalDate today) {
    return switch (kind.policy()) {
      case RetentionPolicy.Years years -> years.notBefore(today);
      case RetentionPolicy.WindowAndNewest newest ->
          throw new IllegalStateException("The newest are kept however old they are");
    };
  }
}
