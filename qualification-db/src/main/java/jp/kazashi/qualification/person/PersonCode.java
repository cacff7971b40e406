package jp.kazashi.qualification.person;

/**
 * The opaque code under which insurers and the holder directory name the same person. Never a My
 * Number.
 */
public record PersonCode(String value) {
  public PersonCode {
    if (!value.matches("[A-Za-z0-9._:-]{1,64}")) {
      throw new IllegalArgumentException(
          "A person code has 1 to 64 letters, digits, dots, colons, dashes or underscores");
    }
    // AC-22: twelve bare digits could be a My Number, which is never stored.
    if (value.matches("[0-9]{12}")) {
      throw new IllegalArgumentException("A person code is never twelve bare digits");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
