package jp.kazashi.qualification.store;

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
   * @param progress told after every piece
   */
  IntakeReport take(Delivery delivery, InputStream body, Consumer<IntakeProgress> progress)
      throws IOException;
}
