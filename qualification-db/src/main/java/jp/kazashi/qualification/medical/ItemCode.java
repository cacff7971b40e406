package jp.kazashi.qualification.medical;

/** A checkup item: 17 characters of the JLAC10 form. */
public record ItemCode(String code) {
  public ItemCode {
    if (!code.matches("[0-9][A-Z][0-9]{3}[0-9]{12}")) {
      throw new IllegalArgumentException("An item code has 17 characters, the second a letter");
    }
  }

  @Override
  public String toString() {
    return code;
  }
}
