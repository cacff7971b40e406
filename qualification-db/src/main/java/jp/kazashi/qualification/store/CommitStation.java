package jp.kazashi.qualification.store;

import io.smallrye.mutiny.Uni;

/**
 * Writes a station and its audit entry together, or nothing. Fails with {@link EpochLost} when
 * another start of this node has taken over the chain, with {@link NotCommitted} when the store is
 * too slow, and with the database's error when it cannot write: then nothing was written. Fails
 * with {@link CommitUnknown} when that cannot be told. In all cases nothing was promised and
 * nothing may be answered.
 */
public interface CommitStation {
  Uni<Committed> commit(Station station);
}
