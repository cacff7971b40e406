package jp.kazashi.reader.face;

import java.time.Duration;
import java.util.Optional;

/** Looks at whoever stands before this terminal, while it is open. */
public interface Camera extends AutoCloseable {

  /**
   * The next picture, at full resolution; the caller's to close.
   *
   * @return empty if there was none in time: it was unplugged, or somebody else has it. Asked
   *     again, it may be back.
   */
  Optional<Pixels> next(Duration patience);

  @Override
  void close();

  /** What opens one; nothing is looked at before. */
  @FunctionalInterface
  interface Source {
    Camera open();
  }
}
