package jp.kazashi.reader.desk;

/** A member of staff has signed in, from this terminal's desk and no other place. */
public record StaffSession(String token) {
  public StaffSession {
    if (token.isBlank()) {
      throw new IllegalArgumentException("A session has a token.");
    }
  }

  @Override
  public String toString() {
    return "StaffSession[…]";
  }
}
