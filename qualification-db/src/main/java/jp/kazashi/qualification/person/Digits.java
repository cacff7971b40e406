package jp.kazashi.qualification.person;

/** Tells digits without a pattern: these are asked of every line of every feed. */
public final class Digits {
  private Digits() {}

  /** Whether a text is that many digits and nothing else. */
  public static boolean are(String text, int count) {
    if (text.length() != count) {
      return false;
    }
    for (int at = 0; at < count; at++) {
      if (text.charAt(at) < '0' || text.charAt(at) > '9') {
        return false;
      }
    }
    return true;
  }
}
