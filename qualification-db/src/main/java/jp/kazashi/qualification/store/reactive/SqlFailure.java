package jp.kazashi.qualification.store.reactive;

import io.vertx.sqlclient.DatabaseException;
import java.sql.SQLException;
import java.util.Optional;

/** What the database said when it refused. */
final class SqlFailure {
  private SqlFailure() {}

  static boolean isUniqueViolation(Throwable failure) {
    return state(failure).filter("23505"::equals).isPresent();
  }

  /**
   * The fault lies in what was to be written: a bad value, a broken rule, too much of something.
   */
  static boolean isOfContent(Throwable failure) {
    return state(failure)
        .filter(state -> state.startsWith("22") || state.startsWith("23") || state.startsWith("54"))
        .isPresent();
  }

  /** Among others what PostgreSQL says where no partition takes a row: it may have been dropped. */
  static boolean isCheckViolation(Throwable failure) {
    return state(failure).filter("23514"::equals).isPresent();
  }

  /** The database itself took it back: also of a commit it is known that it did not happen. */
  static boolean isRolledBack(Throwable failure) {
    return state(failure).filter(state -> state.startsWith("40")).isPresent();
  }

  static Optional<String> state(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof DatabaseException database) {
        return Optional.ofNullable(database.getSqlState());
      }
      if (cause instanceof SQLException sql) {
        return Optional.ofNullable(sql.getSQLState());
      }
    }
    return Optional.empty();
  }
}
