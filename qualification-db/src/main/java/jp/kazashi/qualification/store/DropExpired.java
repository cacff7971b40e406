package jp.kazashi.qualification.store;

import io.smallrye.mutiny.Uni;
import java.time.LocalDate;
import java.util.List;

/** Deletes what no policy shows any more, by whole partitions. */
public interface DropExpired {
  /** The partitions dropped. Fails when readers hold one for longer than a moment: try again. */
  Uni<List<String>> on(LocalDate today);
}
