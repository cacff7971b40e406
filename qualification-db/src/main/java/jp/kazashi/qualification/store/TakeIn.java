package jp.kazashi.qualification.store;

import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/**
 * Takes in a delivery: reads it as it comes, judges every line, and writes piece by piece, each
 * piece in one transaction with the ids of its lines. Blocks; never call it on an event loop.
 */
public interface TakeIn {
  /**
   * Reads the body to its end, or as far as it may be read.
   *
   * @param announce told before every piece, which waits for it
   * @param progress told after every piece
   */
  IntakeReport take(
      Delivery delivery,
      InputStream body,
      AnnouncePieces announce,
      Consumer<IntakeProgress> progress)
      throws IOException;

  /** Of a load that nobody sent and no audit tells of. */
  default IntakeReport take(Delivery delivery, InputStream body, Consumer<IntakeProgress> progress)
      throws IOException {
    return take(delivery, body, piece -> Uni.createFrom().voidItem(), progress);
  }
}
