package jp.kazashi.qualification.store.reactive;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;
import org.hibernate.reactive.mutiny.impl.MutinyStatelessSessionImpl;
import org.hibernate.reactive.pool.ReactiveConnection;

/**
 * One session for each unit of work, opened and closed here and never shared through a context, so
 * that two units of one request cannot meet in one transaction.
 */
final class Database {
  private final Mutiny.SessionFactory sessions;

  Database(Mutiny.SessionFactory sessions) {
    this.sessions = sessions;
  }

  <T> Uni<T> reading(Function<StatelessSession, Uni<T>> work) {
    return sessions
        .openStatelessSession()
        .chain(session ->
            Uni.createFrom().deferred(() -> work.apply(session)).eventually(() -> session.close()));
  }

  <T> Uni<T> writing(Function<StatelessSession, Uni<T>> work) {
    return reading(session -> session.withTransaction(transaction -> work.apply(session)));
  }

  static Uni<Void> insertAll(StatelessSession session, List<?> rows) {
    return rows.isEmpty() ? Uni.createFrom().voidItem() : session.insertMultiple(rows);
  }

  /**
   * The session's own connection, for statements that carry a whole batch as arrays, which a query
   * of Hibernate cannot.
   */
  static ReactiveConnection connection(StatelessSession session) {
    return ((MutinyStatelessSessionImpl) session).getReactiveConnection();
  }

  static Uni<ReactiveConnection.Result> select(
      StatelessSession session, String sql, Object... parameters) {
    return Uni.createFrom().completionStage(() -> connection(session).select(sql, parameters));
  }
}
