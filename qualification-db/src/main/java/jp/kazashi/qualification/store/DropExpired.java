package jp.kazashi.qualification.store;

import io.smallrye.mutiny.Uni;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;

/** Deletes what no policy shows any more, by whole partitions. */
public interface DropExpired {
  /**
   * The partitions dropped; none while another node is at it. Fails when readers hold one for
   * longer than a moment: try again.
   *
   * @param announce is told what will be dropped before it is; nothing goes when it fails
   */
  Uni<List<String>> on(LocalDate today, Function<List<String>, Uni<Void>> announce);
}
