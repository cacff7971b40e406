package jp.kazashi.qualification.store;

/** Nothing was written, and will not be: the store is too slow, or too many wait for it. */
public final class NotCommitted extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Cause cause;

  /** Why not. */
  public enum Cause {
    /** The store did not answer in time. */
    TOO_SLOW,
    /** As many wait for it as may. */
    QUEUE_FULL
  }

  public NotCommitted(Cause cause) {
    super("Nothing was committed: " + cause);
    this.cause = cause;
  }

  public Cause why() {
    return cause;
  }
}
