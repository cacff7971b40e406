package jp.kazashi.reader.desk;

/** What a member of staff types to sign in. */
public record StaffLogin(String login, String password) {
  public StaffLogin {
    if (login.isBlank() || password.isBlank()) {
      throw new IllegalArgumentException("A log-in has a name and a password.");
    }
  }

  @Override
  public String toString() {
    return "StaffLogin[" + login + "]";
  }
}
