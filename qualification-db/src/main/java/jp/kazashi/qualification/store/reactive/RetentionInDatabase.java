package jp.kazashi.qualification.store.reactive;

import io.smallrye.mutiny.Uni;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

  private final Database database;

  public RetentionInDatabase(Mutiny.SessionFactory sessions) {
    this.database = new Database(sessions);
  }

  @Override
  public Uni<List<String>> on(LocalDate today) {
    Uni<List<String>> dropped = Uni.createFrom().item(List.of());
    for (Map.Entry<String, KeptKind> table : new TreeMap<>(TABLES).entrySet()) {
      dropped =
          dropped.chain(before -> drop(table.getKey(), notBefore(table.getValue(), today), before));
    }
    return dropped;
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
