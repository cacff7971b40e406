package jp.kazashi.qualification.person;

/**
 * The opaque code under which insurers and the holder directory name the same person. Never a My
 * Number.
 */
public record PersonCode(String value) {
  public PersonCode {
    if (value.isEmpty() || value.length() > 64 || !isAllowed(value)) {
      throw new IllegalArgumentException(
          "A person code has 1 to 64 letters, digits, dots, colons, dashes or underscores");
    }
    // AC-22: twelve bare digits could be a My Number, which is never stored.
    if (Digits.are(value, 12)) {
      throw new IllegalArgumentException("A person code is never twelve bare digits");
    }
  }

  private static boolean isAllowed(String value) {
    for (int at = 0; at < value.length(); at++) {
      if (!isAllowed(value.charAt(at))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAllowed(char each) {
    return (each >= 'a' && each <= 'z')
        || (each >= 'A' && each <= 'Z')
        || (each >= '0' && each <= '9')
        || "._:-".indexOf(each) >= 0;
  }

  @Override
  public String toString() {
    return value;
  }
}
