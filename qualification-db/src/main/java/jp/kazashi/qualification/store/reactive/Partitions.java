package jp.kazashi.qualification.store.reactive;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;

/** Sees to it that what is about to be written has a partition to go to. */
final class Partitions {
  private final Database database;

  /** What this node has seen to already, by month; a partition may span several. */
  private final Set<Partition> made = ConcurrentHashMap.newKeySet();

  Partitions(Database database) {
    this.database = database;
  }

  /** Bounds of time partitions are in UTC. */
  record Partition(String table, YearMonth month) {
    static Partition of(String table, Instant at) {
      return new Partition(table, YearMonth.from(at.atZone(ZoneOffset.UTC)));
    }
  }

  Uni<Void> make(Collection<Partition> needed) {
    Set<Partition> missing = new LinkedHashSet<>(needed);
    missing.removeAll(made);
    if (missing.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return database
        .writing(session -> makeEach(session, missing))
        .invoke(() -> made.addAll(missing));
  }

  /** One may have been dropped since. */
  void forget() {
    made.clear();
  }

  private static Uni<Void> makeEach(StatelessSession session, Set<Partition> missing) {
    Uni<Void> all = Uni.createFrom().voidItem();
    for (Partition each : missing) {
      LocalDate day = each.month().atDay(1);
      all =
          all.chain(() ->
                  Database.select(
                      session, "select 1 from make_partition($1, $2)", each.table(), day))
              .replaceWithVoid();
    }
    return all;
  }
}
