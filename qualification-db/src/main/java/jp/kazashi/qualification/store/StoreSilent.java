package jp.kazashi.qualification.store;

/** The store was asked and has not answered for too long. */
public final class StoreSilent extends RuntimeException {
  private static final long serialVersionUID = 1;

  public StoreSilent() {
    super("The store does not answer");
  }
}
