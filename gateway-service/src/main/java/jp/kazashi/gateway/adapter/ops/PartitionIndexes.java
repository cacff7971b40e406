package jp.kazashi.gateway.adapter.ops;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Builds what a migration leaves open: an index of a partitioned table, on each partition that was
 * there before. One by one and concurrently, so that nodes of the version before write on; it may
 * take as long as it takes to read them once.
 */
final class PartitionIndexes {
  private static final Logger LOG = Logger.getLogger(PartitionIndexes.class);

  /** A partitioned index is valid once every partition has its own. */
  private static final String MISSING =
      """
      select i.relname, p.relname, c.relname, pg_get_indexdef(i.oid)
      from pg_index x
      join pg_class i on i.oid = x.indexrelid
      join pg_class p on p.oid = x.indrelid
      join pg_inherits h on h.inhparent = p.oid
      join pg_class c on c.oid = h.inhrelid
      where not x.indisvalid and i.relkind = 'I' and p.relnamespace = 'public'::regnamespace
        and not exists (
          select from pg_inherits hi join pg_index xi on xi.indexrelid = hi.inhrelid
          where hi.inhparent = i.oid and xi.indrelid = c.oid)
      order by i.relname, c.relname
      """;

  private PartitionIndexes() {}

  /**
   * Of several nodes that start at once one builds. Says how many it built; what could not be built
   * is slow to ask for and no reason not to serve, and is tried again at the next start.
   */
  static int build(OwnerAddress owner) {
    try (Connection connection =
            DriverManager.getConnection(owner.jdbc(), owner.user(), owner.password());
        Statement statement = connection.createStatement()) {
      // Only tried: who waits for a lock has a snapshot, for which a concurrent build would wait.
      if (!isTrue(
          statement, "select pg_try_advisory_lock(hashtextextended('kazashi indexes', 0))")) {
        return 0;
      }
      List<Missing> all = missing(statement);
      for (Missing one : all) {
        build(statement, one);
      }
      return all.size();
    } catch (SQLException e) {
      LOG.errorf("event=index-not-built state=%s detail=%s", e.getSQLState(), e.getMessage());
      return 0;
    }
  }

  private record Missing(String index, String parent, String partition, String definition) {
    String name() {
      String own = index.startsWith(parent) ? index.substring(parent.length()) : "_" + index;
      return partition + own;
    }

    /** What is said of the parent's is true of each partition's. */
    String concurrently() {
      return "create index concurrently \"%s\" on public.\"%s\"%s"
          .formatted(name(), partition, definition.substring(definition.indexOf(" USING ")));
    }
  }

  private static List<Missing> missing(Statement statement) throws SQLException {
    List<Missing> missing = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(MISSING)) {
      while (rows.next()) {
        missing.add(
            new Missing(
                rows.getString(1), rows.getString(2), rows.getString(3), rows.getString(4)));
      }
    }
    return missing;
  }

  private static void build(Statement statement, Missing one) throws SQLException {
    // One that was begun and not ended is of no use.
    statement.execute("drop index concurrently if exists public.\"" + one.name() + "\"");
    statement.execute(one.concurrently());
    statement.execute(
        "alter index public.\"%s\" attach partition public.\"%s\""
            .formatted(one.index(), one.name()));
    LOG.infof("event=index-built index=%s", one.name());
  }

  private static boolean isTrue(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      return row.next() && row.getBoolean(1);
    }
  }
}
