package jp.kazashi.qualification.store.reactive;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import jp.kazashi.qualification.audit.Digest;
import jp.kazashi.qualification.store.Deed;
import jp.kazashi.qualification.store.StoreSilent;
import org.hibernate.reactive.mutiny.Mutiny;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;
import org.hibernate.reactive.mutiny.impl.MutinyStatelessSessionImpl;
import org.hibernate.reactive.pool.ReactiveConnection;
import org.jspecify.annotations.Nullable;

/**
 * One session for each unit of work, opened and closed here and never shared through a context, so
 * that two units of one request cannot meet in one transaction.
 */
final class Database {
  /** The most a question may take until whoever asked is told that there is no answer. */
  private static final Duration LONGEST_QUESTION = Duration.ofSeconds(30);

  private final Mutiny.SessionFactory sessions;

  Database(Mutiny.SessionFactory sessions) {
    this.sessions = sessions;
  }

  /** Whoever asks on an event loop is answered in bounded time, also by a store that is silent. */
  <T> Uni<T> reading(Function<StatelessSession, Uni<T>> work) {
    Uni<T> asked = within(work);
    return Uni.createFrom()
        .emitter(emitter -> {
          Context here = Vertx.currentContext();
          if (here == null) {
            asked.subscribe().with(emitter::complete, emitter::fail);
            return;
          }
          Vertx vertx = here.owner();
          long timer =
              vertx.setTimer(
                  LONGEST_QUESTION.toMillis(), ignored -> emitter.fail(new StoreSilent()));
          // Not cancelled then: a connection that comes late is still given back.
          asked
              .onTermination()
              .invoke(() -> vertx.cancelTimer(timer))
              .subscribe()
              .with(emitter::complete, emitter::fail);
        });
  }

  /** As long as it takes. */
  private <T> Uni<T> within(Function<StatelessSession, Uni<T>> work) {
    return onEventLoop(
        sessions
            .openStatelessSession()
            .chain(session ->
                Uni.createFrom()
                    .deferred(() -> work.apply(session))
                    .eventually(() -> session.close())));
  }

  /** Whoever asks from a worker, which reads a body, is served on the event loop of its context. */
  private static <T> Uni<T> onEventLoop(Uni<T> work) {
    return Uni.createFrom()
        .deferred(() -> {
          Context here = Vertx.currentContext();
          return here == null || Context.isOnEventLoopThread()
              ? work
              : work.runSubscriptionOn(go -> here.runOnContext(on -> go.run()));
        });
  }

  <T> Uni<T> writing(Function<StatelessSession, Uni<T>> work) {
    return within(session -> session.withTransaction(transaction -> work.apply(session)));
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
      StatelessSession session, String sql, @Nullable Object... parameters) {
    return Uni.createFrom().completionStage(() -> connection(session).select(sql, parameters));
  }

  /** How many rows it changed. */
  static Uni<Integer> update(StatelessSession session, String sql, @Nullable Object... parameters) {
    return Uni.createFrom().completionStage(() -> connection(session).update(sql, parameters));
  }

  /** One question, one round trip. */
  <T> Uni<List<T>> rows(Function<Cells, T> row, String sql, @Nullable Object... parameters) {
    return reading(session -> select(session, sql, parameters))
        .map(result -> Cells.map(result, row));
  }

  /** What the first row says, where there is one. */
  <T> Uni<Optional<T>> first(Function<Cells, T> row, String sql, @Nullable Object... parameters) {
    return rows(row, sql, parameters).map(all -> all.stream().findFirst());
  }

  /** One statement, which is its own transaction. */
  Uni<Integer> change(String sql, @Nullable Object... parameters) {
    return within(session -> update(session, sql, parameters));
  }

  Uni<Integer> change(Deed deed) {
    Change change = Change.of(deed);
    return change(change.sql, change.parameters());
  }

  static OffsetDateTime time(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }

  static @Nullable OffsetDateTime timeOrNull(@Nullable Instant at) {
    return at == null ? null : time(at);
  }

  static Buffer bytes(Digest digest) {
    return Buffer.buffer(digest.bytes());
  }
}
