package jp.kazashi.qualification.store.reactive;

import io.vertx.core.VertxException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import jp.kazashi.qualification.store.CommitUnknown;
import jp.kazashi.qualification.store.NotCommitted;
import jp.kazashi.qualification.store.StoreSilent;

/** Tells a store that is away for a while from a statement that should never have been sent. */
public final class StoreTrouble {
  private StoreTrouble() {}

  /** Whether the same may go well in a while. */
  public static boolean isTemporary(Throwable failure) {
    return SqlFailure.state(failure)
        .map(state -> isOfTheMoment(state.substring(0, 2)))
        .orElseGet(() ->
            Stream.iterate(failure, each -> each != null, Throwable::getCause)
                .anyMatch(StoreTrouble::isOfTheWay));
  }

  /** Connection, authorisation, no such database, rollback, resources, locks, operator, system. */
  private static boolean isOfTheMoment(String sqlClass) {
    return switch (sqlClass) {
      case "08", "28", "3D", "40", "53", "55", "57", "58" -> true;
      default -> false;
    };
  }

  /** Nothing came back that a database would have said. */
  private static boolean isOfTheWay(Throwable failure) {
    return failure instanceof StoreSilent
        || failure instanceof NotCommitted
        || failure instanceof CommitUnknown
        || failure instanceof ClosedConnectionException
        || failure instanceof VertxException
        || failure instanceof SocketException
        || failure instanceof UnknownHostException
        || failure instanceof ClosedChannelException
        || failure instanceof TimeoutException
        || failure instanceof io.smallrye.mutiny.TimeoutException;
  }
}
