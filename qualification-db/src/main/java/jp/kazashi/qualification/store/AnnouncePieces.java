package jp.kazashi.qualification.store;

import io.smallrye.mutiny.Uni;
import jp.kazashi.qualification.audit.Digest;

/** Hears of every piece of a delivery before it is written; what fails here is not written. */
@FunctionalInterface
public interface AnnouncePieces {
  Uni<Void> announce(Piece piece);

  /**
   * A piece that is about to be judged and written.
   *
   * @param number its place in the batch, from 1
   * @param lines as they were read; some may yet be refused or known
   * @param content of the ids and contents of all its lines, in order
   */
  record Piece(int number, int lines, Digest content) {}
}
