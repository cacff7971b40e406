package jp.kazashi.reader.face;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** Stands for a matcher that is being made ready beside everything else. */
public final class PreparingFaceMatcher implements FaceMatcher {

  private final CompletableFuture<FaceMatcher> made = new CompletableFuture<>();

  /**
   * @param making on a thread of its own; what goes wrong there makes faces unavailable, and
   *     nothing else
   */
  public PreparingFaceMatcher(Supplier<FaceMatcher> making) {
    Thread.ofPlatform().daemon().name("face-models").start(() -> make(making));
  }

  private void make(Supplier<FaceMatcher> making) {
    try {
      made.complete(making.get());
    } catch (RuntimeException | LinkageError | OutOfMemoryError trouble) {
      made.complete(
          new UnavailableFaceMatcher(
              List.of("Face matching broke while it was made ready: " + trouble.getClass())));
    }
  }

  /** Waits until it is ready or known never to be. */
  public FaceMatcher await() {
    try {
      return made.join();
    } catch (CompletionException never) {
      throw new IllegalStateException(never);
    }
  }

  @Override
  public Capability capability() {
    return made.isDone() ? made.join().capability() : new Capability.Preparing();
  }

  @Override
  public Enrolment enrol(byte[] portrait) {
    if (made.isDone()) {
      return made.join().enrol(portrait);
    }
    Arrays.fill(portrait, (byte) 0);
    return new Enrolment.CannotRead(FaceReason.PREPARING);
  }
}
