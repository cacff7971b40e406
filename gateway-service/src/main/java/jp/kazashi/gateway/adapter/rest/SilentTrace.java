package jp.kazashi.gateway.adapter.rest;

import org.jspecify.annotations.Nullable;

/**
 * Where something went wrong, without the words that were said about it: a message may repeat what
 * was sent or stored, the names of classes and methods do not.
 */
final class SilentTrace extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int DEEPEST = 16;

  private SilentTrace(Throwable failure, @Nullable Throwable cause) {
    super(failure.getClass().getName(), cause, false, true);
    setStackTrace(failure.getStackTrace());
  }

  static SilentTrace of(Throwable failure) {
    return of(failure, DEEPEST);
  }

  private static SilentTrace of(Throwable failure, int deepest) {
    Throwable cause = failure.getCause();
    return new SilentTrace(failure, cause == null || deepest == 0 ? null : of(cause, deepest - 1));
  }
}
