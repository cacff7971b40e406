package jp.kazashi.qualification.staff;

/**
 * An Argon2id hash in its usual text form, parameters and salt inside. Whoever signs in computes
 * it; here it is kept.
 */
public record PasswordHash(String encoded) {
  private static final String FORM =
      "\\$argon2id\\$v=19\\$m=[0-9]{1,8},t=[0-9]{1,3},p=[0-9]{1,3}"
          + "\\$[A-Za-z0-9+/]{11,88}\\$[A-Za-z0-9+/]{22,128}";

  public PasswordHash {
    if (!encoded.matches(FORM)) {
      throw new IllegalArgumentException("A password is kept as an Argon2id hash");
    }
  }

  /** A hash never reaches a log. */
  @Override
  public String toString() {
    return "PasswordHash[…]";
  }
}
