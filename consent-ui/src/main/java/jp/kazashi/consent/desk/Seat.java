package jp.kazashi.consent.desk;

/**
 * A member of staff who has signed in at this desk.
 *
 * @param key what the browser holds; it is worth nothing anywhere else
 * @param local signed in while the line is down: for the arrival list and the failure mode only
 */
public record Seat(String key, String login, String name, Right right, boolean local) {

  /** What a member of staff may do. */
  public enum Right {
    CLERK,
    MEDICAL_VIEWER,
    ADMINISTRATOR
  }

  public boolean mayRead() {
    return !local && right != Right.CLERK;
  }

  public boolean administers() {
    return !local && right == Right.ADMINISTRATOR;
  }

  /** The key stays out of every log. */
  @Override
  public String toString() {
    return "Seat[" + login + "]";
  }
}
