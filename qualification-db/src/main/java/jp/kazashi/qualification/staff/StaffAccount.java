package jp.kazashi.qualification.staff;

import jp.kazashi.qualification.institution.InstitutionCode;

/**
 * One named person's account at one institution.
 *
 * @param login unique at the institution
 * @param active an account that is no longer used is closed and stays, since audit entries name it
 */
public record StaffAccount(
    StaffId id,
    InstitutionCode institution,
    String login,
    String name,
    StaffRole role,
    PasswordHash password,
    boolean active,
    Lockout lockout) {
  public StaffAccount {
    if (!login.matches("[A-Za-z0-9._@-]{1,64}")) {
      throw new IllegalArgumentException(
          "A log-in has 1 to 64 letters, digits, dots, dashes, underscores or at signs");
    }
    if (name.isBlank() || name.length() > 100) {
      throw new IllegalArgumentException("An account has a name of at most 100 characters");
    }
  }

  public StaffAccount with(Lockout changed) {
    return new StaffAccount(id, institution, login, name, role, password, active, changed);
  }

  /** A name never reaches a log by accident. */
  @Override
  public String toString() {
    return "StaffAccount[" + id + "]";
  }
}
