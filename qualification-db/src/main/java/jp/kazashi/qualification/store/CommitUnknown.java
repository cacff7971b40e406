package jp.kazashi.qualification.store;

/**
 * The store was asked to commit and has not said in time whether it did. Whoever asked asks again
 * with the same key: what was written is found by it, and what was not is written once.
 */
public final class CommitUnknown extends RuntimeException {
  private static final long serialVersionUID = 1;

  public CommitUnknown() {
    super("The store did not say in time whether it committed");
  }
}
