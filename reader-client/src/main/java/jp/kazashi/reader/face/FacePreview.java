package jp.kazashi.reader.face;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * What the camera sees while a face is compared, for the screen of this very terminal. Nothing is
 * made of a picture that nobody watches, and nothing is kept.
 */
public final class FacePreview {

  private static final int WIDTH = 480;
  private static final int HEIGHT = 360;

  private final List<Consumer<byte[]>> watchers = new CopyOnWriteArrayList<>();
  private final List<Consumer<FaceMatcher.Glance>> listeners = new CopyOnWriteArrayList<>();

  /**
   * Gives each picture as JPEG, not mirrored, to whoever watches, on the thread of the visit: be
   * quick.
   */
  public AutoCloseable watch(Consumer<byte[]> jpeg) {
    watchers.add(jpeg);
    return () -> watchers.remove(jpeg);
  }

  /** Says what came of each picture: what the person is to do now, if anything. */
  public AutoCloseable hear(Consumer<FaceMatcher.Glance> glances) {
    listeners.add(glances);
    return () -> listeners.remove(glances);
  }

  void show(Pixels frame) {
    if (!watchers.isEmpty()) {
      try (Pixels small = frame.shrunkTo(WIDTH, HEIGHT)) {
        byte[] jpeg = small.jpeg();
        watchers.forEach(watcher -> watcher.accept(jpeg));
      }
    }
  }

  void say(FaceMatcher.Glance glance) {
    listeners.forEach(listener -> listener.accept(glance));
  }
}
