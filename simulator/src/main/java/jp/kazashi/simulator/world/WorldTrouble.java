package jp.kazashi.simulator.world;

/** Something the user can mend: one clear line that ends with the next step. */
public final class WorldTrouble extends RuntimeException {
  private static final long serialVersionUID = 1;

  public WorldTrouble(String line) {
    super(line);
  }

  public WorldTrouble(String line, Throwable cause) {
    super(line, cause);
  }

  /** The line itself, never null. */
  public String line() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}
